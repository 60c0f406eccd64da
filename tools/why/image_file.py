"""What a file is that the BIOS cannot boot from: judged by its bytes, before anything runs."""

import mmap
import os

from firstlight.case import Finding, kernel_in
from firstlight.headers import constants

SECTOR, SIGNATURE = constants()["SECTOR_SIZE"], b"\x55\xaa"
CODE_END = constants()["MBR_SIGNATURE_OFFSET"]
NOTHING = "The BIOS found nothing to boot from: "
ISO_MAGIC = 0x8001
ENOUGH = 64 << 20           # bytes that are searched for something else than zeros
SWOLLEN = 64 << 20          # bytes that no flat kernel has
MAKE = "make image KERNEL=FILE OUT=my.img makes an image from a flat 64-bit binary or an ELF64 file."
# the first bytes, what such a file is, and what to do with it
KINDS = (
    (b"\x7fELF", "an ELF file, the linker's output", MAKE.replace("FILE", "my.elf")),
    (b"QFI\xfb", "a qcow2 image", "qemu-img convert -O raw FILE my.img makes a raw image of it."),
    (b"KDMV", "a VMDK image", "qemu-img convert -O raw FILE my.img makes a raw image of it."),
    (b"# Disk Desc", "a VMDK image's description", "qemu-img convert -O raw FILE my.img makes a raw image."),
    (b"<<< ", "a VirtualBox (VDI) image", "qemu-img convert -O raw FILE my.img makes a raw image of it."),
    (b"vhdxfile", "a VHDX image", "qemu-img convert -O raw FILE my.img makes a raw image of it."),
    (b"conectix", "a VHD image", "qemu-img convert -O raw FILE my.img makes a raw image of it."),
    (b"\x1f\x8b", "compressed by gzip", "gunzip it first."),
    (b"\xfd7zXZ", "compressed by xz", "unxz it first."),
    (b"BZh", "compressed by bzip2", "bunzip2 it first."),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", "unzstd it first."),
    (b"PK\x03\x04", "a ZIP archive", "unzip it first."),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first."),
    (b"MZ", "a PE file (an EFI program)", "UEFI starts it from an EFI system partition; a BIOS cannot."),
    (b"FLKERNEL", "a kernel's partition without the MBR and the loader before it", "make image writes all of it."),
    (b":10", "an Intel HEX file", "objcopy -I ihex -O binary FILE my.bin, then make image KERNEL=my.bin."),
)


def open_bytes(path):
    """The file's bytes, each read when it is looked at: a flat file can have gigabytes, most of them holes."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""


def explain(image, name):
    """The Finding if no BIOS can boot this image; None if it has a boot sector."""
    if not image:
        return _nothing("empty", f"the file is empty (0 bytes): {name}.",
                        "look at the command that was to write it. " + MAKE)
    if image[SECTOR - 2:SECTOR] == SIGNATURE:
        return _without_code(image) or _cut_short(image)
    if len(image) < SECTOR:
        return _known(image) or _nothing(
            "too_short", f"the file is only {len(image)} bytes long, and a boot sector has {SECTOR}, the last two of which "
            "are 55h AAh.", "in NASM, end with: times 510 - ($ - $$) db 0, then dw 0xaa55. " + MAKE)
    there = f"bytes 510 and 511 are {image[510]:02X}h {image[511]:02X}h, not 55h AAh"
    if image[510:512] == SIGNATURE[::-1]:
        return _nothing("signature_swapped", there + ": the signature's bytes are swapped.",
                        "write dw 0xaa55 (a word is stored low byte first), or db 0x55, 0xaa.")
    start = image[:ENOUGH]
    what = "the file holds only" if len(image) <= ENOUGH else f"the first {ENOUGH >> 20} MiB of the file hold only"
    if not start.strip(b"\0"):
        return _nothing("blank", f"{there}; {what} zeros.", "look at the command that was to fill it. " + MAKE)
    if not start.strip(b"\xff"):
        return _nothing("blank", f"{there}; {what} FFh, like erased flash memory.", MAKE)
    return _known(image, there) or _late(image, there) or _swollen(image, there) or _nothing(
        "no_signature", f"{there}. The file {_text_or_code(image)}.",
        "a boot sector ends with: times 510 - ($ - $$) db 0, then dw 0xaa55. For a kernel: " + MAKE)


def _nothing(kind, what, advice):
    return Finding(NOTHING + what, advice, f"file.{kind}")


def _known(image, there=""):
    comma = "; " if there else ""
    for magic, what, advice in KINDS:
        if image[:len(magic)] == magic:
            bits = f" ({32 if image[4] == 1 else 64}-bit)" if magic == b"\x7fELF" and len(image) > 4 else ""
            return _nothing("other_kind", f"{there}{comma}the file is {what}{bits}, not a disk image.", advice)
    if image[ISO_MAGIC:ISO_MAGIC + 5] == b"CD001":
        return _nothing("other_kind", f"{there}; the file is a CD image (ISO 9660), and it is given as a hard disk.",
                        "boot it as a CD (qemu-system-x86_64 -cdrom FILE), or use a hybrid image.")
    if image[257:262] == b"ustar":
        return _nothing("other_kind", f"{there}; the file is a tar archive.", "unpack it first.")
    return None


def _swollen(image, there):
    """A flat binary in which the linker's sections lie far from each other."""
    if len(image) < SWOLLEN:
        return None
    return _nothing("swollen", f"{there}. The file looks like a flat binary of {len(image) >> 20} MiB: it contains all that is "
                    "between two sections that the linker put far from each other.",
                    "readelf -S my.elf shows which (often .note*, .comment or .eh_frame): give every section its place in "
                    "the linker script, and discard those. " + MAKE)


def _late(image, there):
    at = image.find(SIGNATURE, 0, 4 * SECTOR)
    if at >= 0 and (at > SECTOR - 2 or not image[at + 2:SECTOR].strip(b"\0")):
        return _nothing("signature_late", f"{there}; 55h AAh is at offset {at}.",
                        "the signature belongs at offset 510: times 510 - ($ - $$) db 0 right before it, and no more "
                        "than 510 bytes of code.")
    return None


def _text_or_code(image):
    start = image[:SECTOR]
    if all(32 <= byte < 127 or byte in b"\t\r\n" for byte in start):
        return "is text: a source, or a message, in place of an image"
    return "looks like a flat binary (a kernel, or code without a signature), not a disk image"


def _without_code(image):
    if image[:CODE_END].strip(b"\0"):
        return None
    table = image[constants()["MBR_TABLE_OFFSET"]:SECTOR - 2]
    what = ("the image was partitioned for UEFI (GPT)" if table[4] == 0xee else
            "the image has a partition table, and no boot loader was installed" if table.strip(b"\0") else
            "only the signature was written")
    return Finding(f"There is no code in the boot sector: its first {CODE_END} bytes are only zeros; {what}.",
                   "install a boot loader in it. " + MAKE, "file.no_code")


def _cut_short(image):
    """Our own image that is shorter than its kernel's header says."""
    for at in range(constants()["MBR_TABLE_OFFSET"], SECTOR - 2, 16):
        first = int.from_bytes(image[at + 8:at + 12], "little") * SECTOR
        if image[at] == 0x80 and image[at + 4] == constants()["KERNEL_PARTITION_TYPE"] and first >= len(image):
            return Finding(f"The image is shorter than it says: {len(image)} bytes, and its partition with the kernel begins at "
                           f"byte {first}. It was cut off.", "copy or download it again, to the end.", "file.cut_short")
    kernel = kernel_in(lambda lba: image[lba * SECTOR:lba * SECTOR + SECTOR].ljust(SECTOR, b"\0")
                       if lba * SECTOR < len(image) else b"")
    if kernel is None:
        return None
    needed = (kernel.lba + 1) * SECTOR + kernel.file_bytes
    if len(image) >= needed:
        return None
    return Finding(f"The image is shorter than it says: {len(image)} bytes, and the kernel in it ends at byte {needed}. It "
                   "was cut off.", "copy or download it again; make inspect IMAGE=FILE shows what is missing.",
                   "file.cut_short")
