"""GRUB and SYSLINUX, each on an image with a kernel to load.

Both read a FAT32 partition and a configuration file, as is usual for them: a choice of
kernels that can be changed without an installer.  Ours reads fixed sectors.  The kernel's
bytes after its header are the same for all.

GRUB gets a Multiboot header and enters at 1 MiB in 32-bit protected mode.  SYSLINUX gets a
Linux setup header: it loads the kernel to 1 MiB and enters the 16-bit setup code.  Each
stops the machine with its first instructions, which ends the measurement.
"""

import struct

from images import LOAD, SECTOR, STOP
from other_loaders import fat_disk, install_grub, install_syslinux

SIZE = 400 << 20            # sparse; FAT32 with clusters of 4 KiB needs 256 MiB and more
MULTIBOOT_MAGIC, MULTIBOOT_ADDRESSES = 0x1badb002, 1 << 16
GRUB_MODULES = ["biosdisk", "part_msdos", "fat", "normal", "multiboot"]
GRUB_CONFIGURATION = "set timeout=0\nmultiboot /kernel\nboot\n"
SYSLINUX_CONFIGURATION = "DEFAULT kernel\nPROMPT 0\nLABEL kernel\n  LINUX /kernel\n"

# of Linux's boot protocol, version 2.03 (Documentation/arch/x86/boot.rst)
SETUP_SECTORS = 4
SETUP_CODE = 0x240          # after the header; the jump at 200h leads there
LOADED_HIGH = 1
INITRD_MAX = 0x37ffffff


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
    struct.pack_into("<I", setup, 0x22c, INITRD_MAX)
    setup[SETUP_CODE:SETUP_CODE + len(STOP)] = STOP
    return bytes(setup) + payload


def _disk(disk, kernel, name, configuration):
    """A disk with the kernel and, as `name`, the configuration."""
    files = {"kernel": disk.with_suffix(".kernel"), name: disk.with_suffix(".cfg")}
    files["kernel"].write_bytes(kernel)
    files[name].write_text(configuration)
    fat_disk(disk, SIZE, 32, files)
    return disk


def grub(folder, payload):
    disk = _disk(folder / "grub.img", multiboot_kernel(payload), "grub/grub.cfg",
                 GRUB_CONFIGURATION)
    install_grub(disk, "(hd0,msdos1)/grub", GRUB_MODULES)
    return disk


def syslinux(folder, payload):
    disk = _disk(folder / "syslinux.img", linux_kernel(payload), "syslinux.cfg",
                 SYSLINUX_CONFIGURATION)
    install_syslinux(disk)
    return disk
