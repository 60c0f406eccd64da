#!/bin/sh
# build.sh - builds the assembler of the labs (NASM as WebAssembly) in a bare Debian 13.
#
#   usage   build.sh [OUT]       as root, with debootstrap and network; OUT is ./built otherwise
#   LIVE_ROOT=dir                where the Debian 13 is, or is made: the live page's engine uses the same
#
# Everything that affects the result's bytes happens inside (inside.sh), in a folder with a fixed
# name, so all builds are equal wherever they are made.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=$(mkdir -p "${1:-$here/built}" && cd "${1:-$here/built}" && pwd)
root=${LIVE_ROOT:-/var/cache/firstlight-live-root}

sh "$here/../../live/engine/bare_root.sh" "$root"
rm -rf "$root/nasm"
mkdir "$root/nasm"
cp "$here/inside.sh" "$here/limit.patch" "$root/nasm/"
chroot "$root" env -i PATH=/usr/bin:/bin HOME=/nasm LC_ALL=C sh /nasm/inside.sh
cp "$root"/nasm/built/* "$out/"
echo "built in $out"
