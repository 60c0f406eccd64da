#!/bin/sh
# cd.sh IMAGE CD - makes a CD from which the BIOS boots the image as its first hard disk
#
# El Torito's hard disk emulation: the BIOS presents the image as drive 80h with sectors of 512
# bytes.  xorriso requires a single partition, so the entry of the kernel's second copy is left
# out; everything else is unchanged.
set -eu
image=$1 cd=$2
first=446 entry=16              # the MBR's partition table (MBR_TABLE_OFFSET)

fail() {
    echo "cd: $1" >&2
    exit 1
}

command -v xorriso > /dev/null || fail "xorriso is not installed; \`make setup\` installs it"
[ -r "$image" ] || fail "$image: cannot be read"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files"
cp "$image" "$work/files/disk.img"
chmod u+w "$work/files/disk.img"
dd if=/dev/zero of="$work/files/disk.img" bs=1 seek=$((first + entry)) count=$((3 * entry)) \
    conv=notrunc status=none
xorriso -as mkisofs -quiet -b disk.img -hard-disk-boot -o "$work/cd.iso" "$work/files" \
    2> "$work/log" || { cat "$work/log" >&2; fail "xorriso failed"; }
cp "$work/cd.iso" "$cd"
echo "$cd: boots $image as a hard disk"
