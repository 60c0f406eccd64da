#!/bin/sh
# toolchain.sh FOLDER - builds x86_64-elf binutils and GCC from Debian's own source packages
#
# `make toolchain` calls it; toolchain.mk finds the result in FOLDER from then on.  `make setup
# toolchain` installs the sources: /usr/src/binutils/, and /usr/src/gcc-N/ of the Debian's own version
# N.  The work is done beside it, in FOLDER.work/, which an interrupted run leaves: the next one goes on there.
# C only, and no libgcc: nothing here is linked with one.  JOBS=2 says how many processes at once;
# OPTIMIZE=-O0 builds in half of the time what then takes three times as long for each file.
# SOURCES=folder has other sources than /usr/src.
set -eu
folder=$1 work=$1.work target=x86_64-elf

say() {
    echo "toolchain: $*"
}

# newest PATTERN - the last file by version, or nothing
newest() {
    ls -1 $1 2>/dev/null | sort -V | tail -n 1
}

# step NAME - runs the function unless an earlier run finished it; what it prints goes to NAME.log
step() {
    [ ! -e "$work/$1.done" ] || return 0
    say "$1 (log: $work/$1.log)"
    began=$(date +%s)
    if ! ($1) > "$work/$1.log" 2>&1; then       # its commands are joined by &&: set -e has no effect here
        tail -n 15 "$work/$1.log" >&2
        say "$1 failed; \`make toolchain\` goes on from here" >&2
        exit 1
    fi
    say "$1 took $(($(date +%s) - began)) s"
    touch "$work/$1.done"
}

unpack() {
    rm -rf "$work/binutils" "$work/gcc" &&
        mkdir "$work/binutils" "$work/gcc" &&
        tar -xf "$binutils" -C "$work/binutils" --strip-components=1 &&
        tar -xf "$gcc" -C "$work/gcc" --strip-components=1
}

# configure NAME OPTION... - enters NAME-build/, and configures it unless an earlier run did
configure() {
    name=$1
    shift
    mkdir -p "$work/$name-build" && cd "$work/$name-build" || return 1
    [ ! -e Makefile ] || return 0
    "../$name/configure" --target=$target --prefix="$folder" --disable-nls --disable-werror MAKEINFO=true \
        "CFLAGS=$optimize" "CXXFLAGS=$optimize" "$@"
}

build_binutils() {
    configure binutils --disable-gdb --disable-gprofng --disable-shared &&
        make -j"$jobs" MAKEINFO=true &&
        make install-strip MAKEINFO=true
}

# `make install-gcc` stops at a manual that Debian's tarball lacks; these parts do not need it.
build_gcc() {
    PATH=$folder/bin:$PATH
    configure gcc --enable-languages=c --without-headers --enable-checking=release --without-isl \
        --without-zstd --disable-shared --disable-threads --disable-multilib --disable-lto \
        --disable-plugin --disable-libcc1 --disable-libssp &&
        make -j"$jobs" MAKEINFO=true all-gcc &&
        make -C gcc install-common install-headers install-cpp install-driver INSTALL_PROGRAM="install -s"
}

jobs=${JOBS:-$(nproc)} optimize=${OPTIMIZE:--O1}
sources=${SOURCES:-/usr/src}
binutils=$(newest "$sources/binutils/binutils-*.tar.*")
gcc=$(newest "$sources/gcc-*/gcc-*.tar.*")
if [ -z "$binutils" ] || [ -z "$gcc" ]; then
    say "the sources of binutils and GCC are not here; \`make setup toolchain\` installs them" >&2
    exit 1
fi
if [ -x "$folder/bin/$target-gcc" ] && [ ! -e "$work" ]; then
    say "nothing to do, $folder has $("$folder/bin/$target-gcc" --version | head -n 1)"
    exit 0
fi
say "from $binutils and $gcc into $folder: 10 to 40 minutes, 1 GB meanwhile"
mkdir -p "$folder" "$work"
step unpack
step build_binutils
step build_gcc
rm -rf "$work"
say "done, $(du -sm "$folder" | cut -f1) MB: the build takes $target-gcc from $folder by itself from now on"
