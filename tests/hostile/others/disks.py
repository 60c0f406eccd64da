"""Disks of other boot loaders, from Debian's packages, with a kernel that checks itself.

Both have the usual layout: an MBR partition at LBA 2048 with FAT16, the loader in the gap
and in the partition, and Multiboot, which both support.
"""

import random
import struct
import subprocess
from pathlib import Path

from other_loaders import SYSLINUX, fat_disk, install_grub, install_syslinux

SIZE = 16 << 20
KERNEL_SIZE, DATA = 0x20000, 0x200      # kernel.asm
GRUB_MODULES = ["biosdisk", "part_msdos", "fat", "multiboot", "serial"]
SYSLINUX_MODULES = ["mboot.c32", "libcom32.c32"]


def make_kernel(folder):
    path = folder / "kernel.bin"
    subprocess.run(["nasm", "-f", "bin", "-o", path, Path(__file__).with_name("kernel.asm")],
                   check=True, timeout=60)
    data = random.Random(1).randbytes(KERNEL_SIZE - DATA)
    total = 0
    for (word,) in struct.iter_unpack("<I", data):
        total = (total + word) & 0xFFFFFFFF
        total = (total << 1 | total >> 31) & 0xFFFFFFFF
    code = path.read_bytes()
    path.write_bytes(code[:DATA - 4] + struct.pack("<I", total) + data)
    return path


def grub(folder):
    disk, kernel, configuration = folder / "grub.img", make_kernel(folder), folder / "embedded.cfg"
    configuration.write_text(f"multiboot (hd0,msdos1)/{kernel.name}\nboot\n")
    fat_disk(disk, SIZE, 16, {kernel.name: kernel})
    install_grub(disk, "(hd0,msdos1)/", GRUB_MODULES, "-c", configuration, floppies=False)
    return disk


def syslinux(folder):
    disk, kernel, configuration = folder / "syslinux.img", make_kernel(folder), folder / "config"
    configuration.write_text(f"DEFAULT mboot.c32 {kernel.name}\nNOESCAPE 1\n")
    fat_disk(disk, SIZE, 16, {
        kernel.name: kernel, "syslinux.cfg": configuration,
        **{name: SYSLINUX / "modules/bios" / name for name in SYSLINUX_MODULES}})
    install_syslinux(disk)
    return disk
