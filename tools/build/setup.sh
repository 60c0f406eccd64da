#!/bin/sh
# setup.sh - installs what building, running, debugging and testing need
#
# Called by `make setup`.  On Debian and Ubuntu it installs only the packages that are missing; on
# other systems it lists what is needed.  Running it twice does no harm and needs no network.
set -eu

# package: its purpose
packages='make: runs the build
nasm: assembles stage 1 and the entry code
gcc: compiles stage 2, the kernel and the host tests
libc6-dev: C library for the host tests
binutils: links and makes flat binaries
python3: makes the tables of names and lines for backtraces
clang: second compiler (make LLVM=1)
lld: its linker
llvm: its objcopy; addr2line for the tests
libclang-rt-dev: its sanitizers and libFuzzer (make fuzz)
qemu-system-x86: the PC that runs the image
qemu-system-gui: its window
gdb: debugger (make debug)
bochs: second, stricter PC for the boot tests
bochsbios: its BIOS
vgabios: its video BIOS
libcmocka-dev: unit tests on the host
python3-pytest: boot tests
xxhash: checks the checksums by hand (xxhsum -H32)
fdisk: sfdisk, checks the partition table
xorriso: makes CDs for the boot tests
file: checks that the image looks like a disk
python3-pyelftools: names and lines for the live page (make live)
python3-pygments: colours its source'

say() {
    echo "setup: $*"
}

# list_packages PACKAGE... - prints each with its purpose
list_packages() {
    for package; do
        echo "$packages" | sed -n "s/^$package: \(.*\)/$package \1/p" |
            while read -r name purpose; do printf '    %-22s %s\n' "$name" "$purpose"; done
    done
}

is_installed() {
    dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

all=$(echo "$packages" | cut -d: -f1)

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "this is neither Debian nor Ubuntu; please install by hand (Debian's names):"
    list_packages $all
    exit 1
fi

# A PC's own gcc compiles for PCs; for other hosts Debian has a cross-compiler.
if [ "$(dpkg --print-architecture)" != amd64 ]; then
    packages="$packages
gcc-x86-64-linux-gnu: compiles stage 2 and the kernel on this host"
    all="$all gcc-x86-64-linux-gnu"
fi

missing=
for package in $all; do
    is_installed "$package" || missing="$missing $package"
done

if [ -z "$missing" ]; then
    say "nothing to do, all $(echo "$all" | wc -w) packages are installed"
    exit 0
fi

say "these packages are missing and will be installed:"
list_packages $missing

as_root=
if [ "$(id -u)" != 0 ]; then
    install="apt-get install --no-install-recommends$missing"
    if ! command -v sudo >/dev/null; then
        say "that takes root and there is no sudo; as root, run:"
        echo "    apt-get update && $install"
        exit 1
    fi
    say "installing takes root: sudo may ask for your password"
    as_root=sudo
fi

say "${as_root:+$as_root }apt-get update"
$as_root apt-get update -q
say "${as_root:+$as_root }apt-get install --no-install-recommends$missing"
$as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing
say "done"
