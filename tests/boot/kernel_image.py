"""Images of other people's kernels: whole ones, and ones whose header asks for the impossible."""

import struct
import subprocess
from pathlib import Path

from machine import require
from project import BUILD, LAYOUT

SECTOR = LAYOUT["SECTOR_SIZE"]
KERNEL = LAYOUT["KERNEL_LBA"] * SECTOR
TABLE = LAYOUT["MBR_SIGNATURE_OFFSET"]
KERNEL_LOAD = LAYOUT["KERNEL_LOAD_ADDRESS"]
KERNEL_BASE = LAYOUT["KERNEL_BASE"]
SECOND_PARTITION = LAYOUT["MBR_TABLE_OFFSET"] + 16      # its entry in the table
SAYS_HI = bytes.fromhex("66baf803" "b048ee" "b069ee" "b00aee" "f4ebfd")    # "Hi\n" on COM1, HLT

HEADER = struct.Struct("<8sHHIIIQQ468xI")       # include/image_headers.h
FIELDS = ("magic", "version", "flags", "file_bytes", "memory_bytes", "payload_hash",
          "load_address", "entry", "header_hash")


def xxh32(data):
    require("xxhsum")
    result = subprocess.run(["xxhsum", "-H32", "-"], input=data, check=True, timeout=60,
                            stdout=subprocess.PIPE)
    return int(result.stdout.split()[0].removeprefix(b"XXH32_"), 16)


def read_number(path, offset):
    """A 32-bit number of an image."""
    with path.open("rb") as image:
        image.seek(offset)
        return int.from_bytes(image.read(4), "little")


def header_of(path):
    """The fields of the kernel's header in an image."""
    with path.open("rb") as image:
        image.seek(KERNEL)
        return dict(zip(FIELDS, HEADER.unpack(image.read(SECTOR))))


def patch_header(path, **fields):
    """Changes fields of the kernel's header; its own hash follows, unless it is one of them."""
    header = header_of(path) | fields
    sector = HEADER.pack(*(header[name] for name in FIELDS))
    if "header_hash" not in fields:
        sector = sector[:-4] + struct.pack("<I", xxh32(sector[:-4]))
    with path.open("r+b") as image:
        image.seek(KERNEL)
        image.write(sector)


def kernel_image(folder, kernel, load=KERNEL_LOAD, entry=None, memory=None, copies=1):
    """An image that loads the file `kernel`; by default it is entered at its first byte."""
    path = Path(folder, kernel.stem + ".img")
    subprocess.run([BUILD / "tools/firstlight-image", "make", "--kernel", kernel, "--out", path,
                    "--load", hex(load), "--entry", hex(load if entry is None else entry),
                    "--memory", str(kernel.stat().st_size if memory is None else memory),
                    "--copies", str(copies)], check=True, timeout=60, stdout=subprocess.DEVNULL)
    return path
