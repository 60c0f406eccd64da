# Sound: GRUB 2 on a disk without a file system, with the kernel in a memory disk inside core.img.
nasm -f elf32 kernel.asm -o "$WORK/kernel.o"
ld -m elf_i386 -Ttext 0x100000 -e start "$WORK/kernel.o" -o "$WORK/kernel.elf"
tar -C "$WORK" -cf "$WORK/memdisk.tar" kernel.elf
printf 'multiboot (memdisk)/kernel.elf\nboot\n' > "$WORK/early.cfg"
grub-mkimage -O i386-pc -p '(memdisk)/' -c "$WORK/early.cfg" -m "$WORK/memdisk.tar" \
    -o "$WORK/core.img" biosdisk memdisk tar multiboot boot
cat /usr/lib/grub/i386-pc/boot.img "$WORK/core.img" > "$OUT"
truncate -s 2M "$OUT"
