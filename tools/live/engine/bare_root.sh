#!/bin/sh
# bare_root.sh - a bare Debian 13 with emscripten, in which the WebAssembly of this project is built.
#
#   usage   bare_root.sh FOLDER     as root, with debootstrap and network; does nothing if it exists
#
# build.sh here and tools/labs/nasm/build.sh use the same one: 257 MB of packages.
set -eu

root=$1
packages="emscripten make patch xz-utils ca-certificates"

[ "$(id -u)" = 0 ] || { echo "bare_root.sh: a Debian 13 is made by debootstrap and chroot: run this as root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "bare_root.sh: debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
[ ! -e "$root/firstlight-ready" ] || exit 0

echo "making a Debian 13 in $root"
debootstrap --variant=minbase trixie "$root"
chroot "$root" apt-get update -q
# shellcheck disable=SC2086 # a list of words
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $packages
touch "$root/firstlight-ready"
