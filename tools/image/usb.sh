#!/bin/bash
# usb.sh IMAGE DISK TOOL [FORCE] - writes an image to a stick and verifies it
#
# `make usb DISK=/dev/sdX` calls it.  It refuses what is probably a mistake: a disk that is
# mounted, used as swap or part of another device, one that is not removable, a partition instead
# of a disk, an image that the inspector finds damaged.  FORCE=1 overrides these; an absent or too
# small disk is never written to.  SYSFS, PROC_MOUNTS, PROC_MOUNTINFO and PROC_SWAPS name the
# kernel's files, so that the tests can simulate other machines.
set -u
PATH=$PATH:/usr/sbin:/sbin # where blockdev is
image=$1 disk=$2 tool=$3 force=${4:-}
sysfs=${SYSFS:-/sys} mounts=${PROC_MOUNTS:-/proc/self/mounts} swaps=${PROC_SWAPS:-/proc/swaps}
mountinfo=${PROC_MOUNTINFO:-/proc/self/mountinfo}

refuse() {
    echo "usb: $disk: $1" >&2
    exit 1
}

# doubt WHY: what only FORCE=1 overrides; all doubts are reported together
doubts=
doubt() {
    doubts="${doubts:+$doubts; }$1"
}

[ -n "$disk" ] || { echo "usb: usage: make usb DISK=/dev/sdX [FORCE=1] [IMAGE=file]" >&2; exit 2; }
[ -f "$image" ] && [ -r "$image" ] || {
    echo "usb: the image '$image' is not a readable file" >&2
    exit 1
}
[ -e "$disk" ] || refuse "there is no such device"
disk=$(readlink -f -- "$disk") image=$(readlink -f -- "$image") # no leading dashes any more
name=$(basename "$disk")
node=$sysfs/class/block/$name

if [ -f "$disk" ]; then
    doubt "this is a file, not a device"
    size=$(stat -c %s "$disk")
elif [ -b "$disk" ] && [ -d "$node" ]; then
    size=$(($(cat "$node/size") * 512)) # in 512-byte units, whatever the size of a sector
    [ ! -e "$node/partition" ] || doubt "this is a partition, not a whole disk"
    [ "$(cat "$node/removable" 2>/dev/null)" = 1 ] || doubt "this disk is not removable"
    [ "$(cat "$node/ro" 2>/dev/null || echo 0)" = 0 ] || refuse "it is write-protected"
else
    refuse "this is not a disk"
fi

# the disk and its partitions: none may be in use
for part in "$node" "$node"/"$name"*; do
    [ -e "$part" ] || continue
    part=$(basename "$part")
    if grep -q "^/dev/$part " "$mounts"; then
        doubt "$part is mounted on $(awk -v d="/dev/$part" '$1 == d { print $2; exit }' "$mounts")"
    elif grep -q "^/dev/$part " "$swaps" 2>/dev/null; then
        doubt "$part is swap space in use"
    elif number=$(cat "$sysfs/class/block/$part/dev" 2>/dev/null) &&
         place=$(awk -v n="$number" '$3 == n { print $5; exit }' "$mountinfo" 2>/dev/null) &&
         [ -n "$place" ]; then # mounted under another name, such as /dev/root or a mapped one
        doubt "$part ($number) is mounted on $place"
    elif [ -n "$(ls "$sysfs/class/block/$part/holders" 2>/dev/null)" ]; then
        doubt "$part is part of $(ls "$sysfs/class/block/$part/holders" | head -n 1)"
    fi
done

needed=$(stat -c %s "$image")
[ ! "$image" -ef "$disk" ] || refuse "this is the image itself"
[ "$size" -ge "$needed" ] || refuse "it has $size bytes, the image $needed"
"$tool" verify "$image" > /dev/null || doubt "the image $image is damaged, or is not an image"
if [ -n "$doubts" ]; then
    [ "$force" = 1 ] || refuse "$doubts; FORCE=1 writes to it anyway"
    echo "usb: $disk: $doubts; forced"
fi

# what will be lost: model and partitions, as far as the kernel knows them
model=$(cat "$node/device/vendor" "$node/device/model" 2>/dev/null | tr -s ' \n' ' ')
parts=$(for p in "$node/$name"*; do [ ! -e "$p" ] || printf ' %s' "$(basename "$p")"; done)
what="$((size / 1000000)) MB, ${model:-no model name }with ${parts:-no} partitions"
echo "usb: overwriting $disk: ${what/with  /with }"
dd if="$image" of="$disk" bs=1M conv=notrunc,fsync status=none || refuse "writing failed"

# Reads back from the medium, not from the page cache that the write went through.
dd of="$disk" oflag=nocache conv=notrunc,fdatasync count=0 status=none
[ ! -b "$disk" ] || blockdev --flushbufs "$disk" || refuse "its buffers could not be flushed"
if ! cmp -s -n "$needed" "$image" "$disk"; then
    "$tool" compare "$image" "$disk" # prints where it differs
    refuse "the data read back differs from the data written: try another stick"
fi
echo "usb: written and verified"
