"""GRUB and SYSLINUX, as Debian packages them, on disk images with a FAT partition.

tools/bench/peers.py measures them, tests/hostile/others/ boots them on BIOSes that misbehave.
No root: mtools writes the files, and syslinux also works through mtools.
"""

import os
import shutil
import struct
import subprocess
from pathlib import Path

PATHS = "/usr/bin:/usr/sbin:/bin:/sbin"
GRUB = Path("/usr/lib/grub/i386-pc")
SYSLINUX = Path("/usr/lib/syslinux")
PROGRAMS = {"grub-mkimage": "grub-common", "syslinux": "syslinux", "mcopy": "mtools",
            "mkfs.fat": "dosfstools"}
FILES = {GRUB / "boot.img": "grub-pc-bin", SYSLINUX / "mbr/mbr.bin": "syslinux-common"}

SECTOR = 512
PARTITION = 2048            # LBA
START_CHS = b"\x20\x21\x00" # the same with 255 heads and 63 sectors: what a loader reads by CHS
TYPES = {16: 0x06, 32: 0x0c}
MBR_CODE = 0x1b8            # bytes before the disk signature
MBR_TABLE = 0x1be


def missing_packages():
    return sorted({package for program, package in PROGRAMS.items()
                   if not shutil.which(program, path=PATHS)}
                  | {package for path, package in FILES.items() if not path.exists()})


def _run(*command):
    subprocess.run([str(word) for word in command], check=True, timeout=60,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL,
                   env=os.environ | {"PATH": PATHS, "MTOOLS_SKIP_CHECK": "1"})


def _write(disk, offset, data):
    with disk.open("r+b") as out:
        out.seek(offset)
        out.write(data)


def fat_disk(disk, size, fat, files):
    """A disk with one active partition, FAT16 or FAT32; files is {name: path}."""
    sectors = size // SECTOR - PARTITION
    disk.unlink(missing_ok=True)
    disk.touch()
    os.truncate(disk, size)
    _write(disk, MBR_TABLE, struct.pack("<B3sB3sII", 0x80, START_CHS, TYPES[fat],
                                        b"\xfe\xff\xff", PARTITION, sectors))
    _write(disk, SECTOR - 2, b"\x55\xaa")
    _run("mkfs.fat", "-F", fat, "-h", PARTITION, "--offset", PARTITION, disk,
         sectors * SECTOR // 1024)
    where = f"{disk}@@{PARTITION * SECTOR}"
    for name, path in files.items():
        for folder in list(Path(name).parents)[-2::-1]:
            _run("mmd", "-D", "s", "-i", where, f"::/{folder}")
        _run("mcopy", "-i", where, path, f"::/{name}")


def install_grub(disk, prefix, modules, *arguments, floppies=True):
    """GRUB's core in the gap after the MBR.  Without floppies as grub-install does it for a
    hard disk: a DL below 80h is taken for wrong."""
    core = disk.with_suffix(".core")
    _run("grub-mkimage", "-O", "i386-pc", "-p", prefix, "-o", core, *arguments, *modules)
    mbr = bytearray((GRUB / "boot.img").read_bytes()[:MBR_CODE])
    if not floppies:
        mbr[0x66:0x68] = b"\x90\x90"
    _write(disk, 0, mbr)
    _write(disk, SECTOR, core.read_bytes())     # where boot.img looks by default


def install_syslinux(disk):
    """SYSLINUX in the partition, its own MBR before it."""
    _run("syslinux", "--install", "--offset", PARTITION * SECTOR, disk)
    _write(disk, 0, (SYSLINUX / "mbr/mbr.bin").read_bytes()[:MBR_CODE])
