#!/bin/sh
# sizes.sh BUILD NM - prints how much room each stage uses, and how much is left
set -eu
build=$1 nm=$2

# symbol ELF NAME: prints the symbol's value in decimal
symbol() {
    echo $((0x$("$nm" "$1" | sed -n "s/ [A-Za-z] $2\$//p")))
}

lines() {
    cat "$@" | wc -l
}

layout() {
    sed -n "s/^#define $1 \([0-9a-fx]*\).*/\1/p" include/layout.h
}

free=$(symbol "$build/stage1.elf" mbr_code_free)
room=$(($(layout MBR_SIGNATURE_OFFSET) - $(layout MBR_CODE_OFFSET)))
printf 'stage 1  %7d of %d code bytes used, %d free in the MBR; %d lines\n' \
    $((room - free)) "$room" "$free" "$(lines stage1/*)"

first=$(($(layout STAGE2_FIRST_SECTORS) * $(layout SECTOR_SIZE)))
free=$(symbol "$build/stage2.elf" first_free)
printf 'loader   %7d of %d bytes used for what stage 1 reads, %d free; %d lines\n' \
    $((first - free)) "$first" "$free" "$(lines stage2/load*.asm stage2/load.inc)"
printf 'stage 2  %7d bytes in the file, %d free up to %s; %d free for .bss up to %s; %d lines\n' \
    "$(wc -c < "$build/stage2.bin")" "$(symbol "$build/stage2.elf" stage2_free)" \
    "$(layout STAGE2_END)" "$(symbol "$build/stage2.elf" bss_free)" "$(layout BSS_END)" \
    "$(lines stage2/*)"

memory=$(symbol "$build/kernel.elf" kernel_memory_bytes)

# The most that fits on a floppy twice: the first copy ends with a cylinder (tools/image/plan.c).
sectors=0 end=$(layout FLOPPY_SECTORS) first=$(layout KERNEL_LBA)
for cylinder in $(seq 80); do
    middle=$((cylinder * 36))
    room=$((middle - first < end - middle ? middle - first : end - middle))
    [ "$room" -le "$sectors" ] || sectors=$room
done
sectors=$((sectors - 1)) # not counting the header
bytes=$(wc -c < "$build/kernel.bin")
printf 'kernel   %7d bytes in the file, %d in memory, %d free in a floppy with two copies; '\
'%d lines\n' "$bytes" "$memory" $((sectors * $(layout SECTOR_SIZE) - bytes)) \
    "$(find kernel lib -name '*.[ch]' -o -name '*.asm' | xargs cat | wc -l)"
printf 'symbols  %7d bytes of the kernel, %d of stage 2: names and lines for reports\n' \
    "$(wc -c < "$build/kernel.symbols")" "$(wc -c < "$build/stage2.symbols")"
printf 'image    %7d bytes\n' "$(wc -c < "$build/disk.img")"
