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
packages="emscripten make patch xz-utils ca-certificates"

[ "$(id -u)" = 0 ] || { echo "build.sh: a Debian 13 is made by debootstrap and chroot: run this as root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "build.sh: debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

if [ ! -e "$root/firstlight-ready" ]; then
    echo "making a Debian 13 in $root"
    debootstrap --variant=minbase trixie "$root"
    chroot "$root" apt-get update -q
    # shellcheck disable=SC2086 # a list of words
    chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
    touch "$root/firstlight-ready"
fi

rm -rf "$root/engine"
mkdir "$root/engine"
cp -r "$here/bochs.patch" "$here/display.cc" "$here/instrument" "$here/inside.sh" "$root/engine/"
chroot "$root" env -i PATH=/usr/bin:/bin HOME=/engine LC_ALL=C sh /engine/inside.sh
cp "$root"/engine/built/* "$out/"
echo "built in $out"
