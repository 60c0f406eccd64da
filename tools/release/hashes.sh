#!/bin/sh
# hashes.sh MAKE BUILD [PREFIX] - builds the image with each compiler that is here, and prints its SHA-256
#
# `make hashes` calls it.  The same sources and the same compiler have to give the same number
# everywhere; each build has a folder of its own in BUILD/hashes/.  PREFIX is that of `make toolchain`.
set -eu
make=$1 build=$2 own=${3:-}

# hash NAME VARIABLE... - builds with these variables for make
hash() {
    name=$1
    shift
    folder=$build/hashes/$name
    mkdir -p "$build/hashes"
    if ! "$make" --no-print-directory -s "BUILD=$folder" "$@" "$folder/disk.img" > "$folder.log" 2>&1; then
        cat "$folder.log" >&2
        exit 1
    fi
    printf '%s  %s\n' "$(sha256sum "$folder/disk.img" | cut -d' ' -f1)" "$("$compiler" --version | head -n 1)"
}

for prefix in x86_64-elf- $own x86_64-linux-gnu-; do
    compiler=${prefix}gcc
    if command -v "$compiler" > /dev/null; then hash "${compiler##*/}" "CROSS_COMPILE=$prefix"; fi
done
compiler=clang
if command -v clang > /dev/null && command -v ld.lld > /dev/null; then hash clang LLVM=1; fi
