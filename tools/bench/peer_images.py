"""GRUB and SYSLINUX, as Debian packages them, each on an image with a kernel to load.

Both read a FAT32 partition and a configuration file, which is their way: a choice of
kernels that can be changed without an installer.  Ours reads fixed sectors.  The kernel's
bytes after its header are the same for all.

GRUB gets a Multiboot header and enters at 1 MiB in 32-bit protected mode.  SYSLINUX gets a
Linux setup header: it loads the kernel to 1 MiB and enters the 16-bit setup code.  Each
stops the machine with its first instructions, and so ends what is measured.
"""

import shutil
import struct
import subprocess
from pathlib import Path

from images import LOAD, SECTOR, STOP

PACKAGES = "grub-pc-bin grub-common syslinux syslinux-common mtools dosfstools"
GRUB = Path("/usr/lib/grub/i386-pc")
SYSLINUX_MBR = Path("/usr/lib/syslinux/mbr/mbr.bin")
PROGRAMS = ["grub-mkimage", "syslinux", "mcopy", "mmd", "mkfs.fat"]
PATHS = "/usr/bin:/usr/sbin:/bin:/sbin"

PARTITION = 2048            # sectors
IMAGE_BYTES = 400 << 20     # sparse; FAT32 with clusters of 4 KiB needs 256 MiB and more
MULTIBOOT_MAGIC, MULTIBOOT_ADDRESSES = 0x1badb002, 1 << 16
GRUB_MODULES = ["biosdisk", "part_msdos", "fat", "normal", "multiboot"]
GRUB_CONFIGURATION = "set timeout=0\nmultiboot /kernel\nboot\n"
SYSLINUX_CONFIGURATION = "DEFAULT kernel\nPROMPT 0\nLABEL kernel\n  LINUX /kernel\n"

# of Linux's boot protocol, version 2.03 (Documentation/arch/x86/boot.rst)
SETUP_SECTORS = 4
SETUP_CODE = 0x240          # after the header; the jump at 200h leads there
LOADED_HIGH = 1


def missing():
    """Names of programs and files that are not there."""
    return ([name for name in PROGRAMS if not shutil.which(name, path=PATHS)]
            + [str(path) for path in (GRUB / "boot.img", SYSLINUX_MBR) if not path.exists()])


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={"PATH": PATHS, "MTOOLS_SKIP_CHECK": "1"})


def multiboot_kernel(payload):
    """The kernel with a header that says where it goes."""
    header = struct.pack("<8I", MULTIBOOT_MAGIC, MULTIBOOT_ADDRESSES,
                         -(MULTIBOOT_MAGIC + MULTIBOOT_ADDRESSES) & 0xffffffff,
                         LOAD + len(STOP), LOAD, 0, 0, LOAD)
    return STOP + header + payload[len(STOP) + len(header):]


def linux_kernel(payload):
    """The kernel after a boot sector and setup code that stops at once."""
    setup = bytearray((SETUP_SECTORS + 1) * SECTOR)
    setup[0x1f1] = SETUP_SECTORS
    struct.pack_into("<I", setup, 0x1f4, -(-len(payload) // 16))
    struct.pack_into("<H2s4sH", setup, 0x1fe, 0xaa55, bytes([0xeb, SETUP_CODE - 0x202]), b"HdrS",
                     0x0203)
    setup[0x211] = LOADED_HIGH
    struct.pack_into("<I", setup, 0x214, LOAD)
    struct.pack_into("<I", setup, 0x22c, 0x37ffffff)        # an initrd's highest address
    setup[SETUP_CODE:SETUP_CODE + len(STOP)] = STOP
    return bytes(setup) + payload


def fat_image(path, files):
    """An image with one active FAT32 partition; files is {name: bytes}."""
    sectors = IMAGE_BYTES // SECTOR - PARTITION
    path.unlink(missing_ok=True)
    with path.open("wb") as out:
        out.truncate(IMAGE_BYTES)
        out.seek(446)
        out.write(struct.pack("<B3sB3sII", 0x80, b"\xfe\xff\xff", 0x0c, b"\xfe\xff\xff",
                              PARTITION, sectors))
        out.seek(510)
        out.write(b"\x55\xaa")
    run("mkfs.fat", "-F", "32", "-s", "8", "-h", PARTITION, "--offset", PARTITION, path,
        sectors * SECTOR // 1024)
    for name, data in files.items():
        source = path.with_suffix(".file")
        source.write_bytes(data)
        for folder in list(Path(name).parents)[-2::-1]:
            run("mmd", "-D", "s", "-i", f"{path}@@{PARTITION * SECTOR}", f"::/{folder}")
        run("mcopy", "-i", f"{path}@@{PARTITION * SECTOR}", source, f"::/{name}")
        source.unlink()
    return path


def patch(path, offset, data):
    with path.open("r+b") as out:
        out.seek(offset)
        out.write(data)


def grub(folder, payload):
    path = fat_image(folder / "grub.img", {
        "kernel": multiboot_kernel(payload), "grub/grub.cfg": GRUB_CONFIGURATION.encode()})
    core = folder / "grub.core"
    run("grub-mkimage", "-O", "i386-pc", "-p", "(hd0,msdos1)/grub", "-o", core, *GRUB_MODULES)
    patch(path, 0, (GRUB / "boot.img").read_bytes()[:440])
    patch(path, SECTOR, core.read_bytes())      # right after the MBR, where boot.img looks
    return path


def syslinux(folder, payload):
    path = fat_image(folder / "syslinux.img", {
        "kernel": linux_kernel(payload), "syslinux.cfg": SYSLINUX_CONFIGURATION.encode()})
    run("syslinux", "--install", "--offset", PARTITION * SECTOR, path)
    patch(path, 0, SYSLINUX_MBR.read_bytes()[:440])
    return path
