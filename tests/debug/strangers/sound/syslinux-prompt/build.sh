# Sound: SYSLINUX in an active FAT partition.  It prints a line and waits at its prompt, without a limit,
# for the name of a kernel.
truncate -s 8M "$OUT"
printf 'start=2048, type=6, bootable\n' | sfdisk -q "$OUT"
dd if=/usr/lib/syslinux/mbr/mbr.bin of="$OUT" conv=notrunc status=none
mformat -i "$OUT"@@1M -T 14336 -h 16 -s 63 -H 2048 ::
syslinux --offset 1048576 --install "$OUT"
printf 'PROMPT 1\nSAY Type the name of a kernel\nLABEL linux\n KERNEL vmlinuz\n' > "$WORK/syslinux.cfg"
mcopy -i "$OUT"@@1M "$WORK/syslinux.cfg" ::
