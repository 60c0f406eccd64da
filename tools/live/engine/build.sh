#!/bin/sh
# build.sh - builds the engine of the live page (Bochs as WebAssembly, and its ROMs) in a bare Debian 13.
#
#   usage   build.sh [OUT]       as root, with debootstrap and network; OUT is ./built otherwise
#   LIVE_ROOT=dir                where the Debian 13 is, or is made (emscripten and its dependencies: 257 MB)
#
# Everything that affects the result's bytes happens inside (inside.sh), in a folder with a fixed
# name, so all builds are equal wherever they are made.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=$(mkdir -p "${1:-$here/built}" && cd "${1:-$here/built}" && pwd)
root=${LIVE_ROOT:-/var/cache/firstlight-live-root}

sh "$here/bare_root.sh" "$root"
rm -rf "$root/engine"
mkdir "$root/engine"
cp -r "$here/bochs.patch" "$here/display.cc" "$here/instrument" "$here/inside.sh" "$root/engine/"
chroot "$root" env -i PATH=/usr/bin:/bin HOME=/engine LC_ALL=C sh /engine/inside.sh
cp "$root"/engine/built/* "$out/"
echo "built in $out"
