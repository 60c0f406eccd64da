"""Disks of other boot loaders, from Debian's packages, with a kernel that checks itself.

Both are the usual set-up: an MBR partition at LBA 2048 with FAT16, the loader in the gap
and in the partition, and Multiboot, which both speak.
"""

import random
import shutil
import struct
import subprocess
from pathlib import Path

PROGRAMS = {"grub-mkimage": "grub-common", "syslinux": "syslinux", "mcopy": "mtools",
            "mkfs.fat": "dosfstools"}
GRUB = Path("/usr/lib/grub/i386-pc")
SYSLINUX = Path("/usr/lib/syslinux")
SECTOR = 512
PARTITION = 2048                # LBA
SIZE = 16 << 20
KERNEL_SIZE, DATA = 0x20000, 0x200      # kernel.asm
GRUB_MODULES = ["biosdisk", "part_msdos", "fat", "multiboot", "serial"]


def missing_packages():
    wanted = {package for program, package in PROGRAMS.items()
              if not shutil.which(program, path="/usr/bin:/usr/sbin:/bin:/sbin")}
    if not (GRUB / "boot.img").exists():
        wanted.add("grub-pc-bin")
    if not (SYSLINUX / "mbr/mbr.bin").exists():
        wanted.add("syslinux-common")
    return sorted(wanted)


def _run(*command, **options):
    subprocess.run([str(word) for word in command], check=True, timeout=60,
                   stdout=subprocess.DEVNULL, **options)


def make_kernel(folder):
    path = folder / "kernel.bin"
    _run("nasm", "-f", "bin", "-o", path, Path(__file__).with_name("kernel.asm"))
    data = random.Random(1).randbytes(KERNEL_SIZE - DATA)
    total = 0
    for (word,) in struct.iter_unpack("<I", data):
        total = (total + word) & 0xFFFFFFFF
        total = (total << 1 | total >> 31) & 0xFFFFFFFF
    code = path.read_bytes()
    path.write_bytes(code[:DATA - 4] + struct.pack("<I", total) + data)
    return path


def _fat_disk(path, files):
    """A disk with one active FAT16 partition that holds these files."""
    partition = path.with_suffix(".fat")
    partition.write_bytes(bytes(SIZE - PARTITION * SECTOR))
    _run("/usr/sbin/mkfs.fat", "-F", "16", "-h", PARTITION, partition)
    for file in files:
        _run("mcopy", "-i", partition, file, f"::{file.name}")
    return partition


def _join(path, mbr, gap, partition):
    entry = struct.pack("<B3sB3sII", 0x80, b"\x20\x21\x00", 0x06, b"\xfe\xff\xff", PARTITION,
                        SIZE // SECTOR - PARTITION)
    data = bytearray(SIZE)
    data[:len(mbr)] = mbr
    data[0x1BE:0x1CE] = entry
    data[0x1FE:0x200] = b"\x55\xaa"
    data[SECTOR:SECTOR + len(gap)] = gap
    data[PARTITION * SECTOR:] = partition.read_bytes()
    path.write_bytes(data)
    return path


def grub(folder):
    kernel = make_kernel(folder)
    (folder / "embedded.cfg").write_text(f"multiboot (hd0,msdos1)/{kernel.name}\nboot\n")
    _run("grub-mkimage", "-O", "i386-pc", "-o", folder / "core.img", "-p", "(hd0,msdos1)/",
         "-c", folder / "embedded.cfg", *GRUB_MODULES)
    boot = bytearray((GRUB / "boot.img").read_bytes())
    boot[0x66:0x68] = b"\x90\x90"       # as grub-install: a hard disk, so DL below 80h is wrong
    return _join(folder / "grub.img", boot[:0x1B8], (folder / "core.img").read_bytes(),
                 _fat_disk(folder / "grub.img", [kernel]))


def syslinux(folder):
    kernel = make_kernel(folder)
    (folder / "syslinux.cfg").write_text(f"DEFAULT mboot.c32 {kernel.name}\n")
    modules = [SYSLINUX / "modules/bios" / name for name in ("mboot.c32", "libcom32.c32")]
    partition = _fat_disk(folder / "syslinux.img", [kernel, folder / "syslinux.cfg", *modules])
    _run("syslinux", "--install", partition)
    return _join(folder / "syslinux.img", (SYSLINUX / "mbr/mbr.bin").read_bytes()[:0x1B8], b"",
                 partition)
