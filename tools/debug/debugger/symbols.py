"""Loads symbols into GDB: the kernel's, then the loader's if the image holds this build's loader."""

import re
from pathlib import Path

import gdb

from firstlight.headers import constants

ELF64 = b"\x7fELF\x02"


def _quoted(path):
    """One word of a GDB command."""
    return re.sub(r"([^A-Za-z0-9_./-])", r"\\\1", str(path))


def is_our_loader(build, image):
    """Does the image begin with the stage 1 of this build?"""
    code = slice(constants()["MBR_CODE_OFFSET"], constants()["MBR_SIGNATURE_OFFSET"])
    try:
        with open(image, "rb") as file:
            return file.read(code.stop)[code] == (build / "stage1.bin").read_bytes()[code]
    except OSError:
        return False


def load(build, image, kernel):
    """`image` may be None, for the build's own.  The ELF64 goes first: with a 32-bit one GDB takes
    QEMU's registers for too many ("Remote 'g' packet reply is too long")."""
    try:
        with open(kernel, "rb") as file:
            is_elf64 = file.read(5) == ELF64
    except OSError:
        is_elf64 = None
    if is_elf64:
        gdb.execute(f"file {_quoted(kernel)}", to_string=True)
    else:
        problem = "does not exist" if is_elf64 is None else "is not a 64-bit ELF file"
        gdb.write(f"No names for the kernel: {kernel} {problem}. `make debug IMAGE=... ELF=file` "
                  "names another one.\n")
        gdb.execute("set architecture i386:x86-64", to_string=True)
    is_own = not image or Path(image) == build / "disk.img"
    if not is_own and not is_our_loader(build, image):
        gdb.write(f"No names for the loader: {image} does not begin with the MBR of {build}.\n")
        return
    for stage in ("stage1", "stage2"):
        gdb.execute(f"add-symbol-file {_quoted(build / stage)}.elf -o 0", to_string=True)
