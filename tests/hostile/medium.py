"""The shim's own medium, floppy or disk: its first track holds the shim and a test's settings.

    medium(target=0x81, edd_most=16, returns_df=1)      1.44 MB that make the BIOS behave like this

The settings are those of shim/settings.inc, where NASM finds them as well.
"""

import functools
import re
import struct
import subprocess
import tempfile
from pathlib import Path

from project import LAYOUT

SHIM = Path(__file__).resolve().parent / "shim"
SECTOR = LAYOUT["SECTOR_SIZE"]
FLOPPY = LAYOUT["FLOPPY_SECTORS"] * SECTOR
FORMATS = {1: "<B", 2: "<H", 4: "<I"}
NASM_WARNINGS = ("-Wall", "-w-unknown-warning", "-w-reloc", "-Werror")   # toolchain.mk says why
DEFAULTS = {"shown_as": 0x80, "entry_dl": 0x80}


@functools.cache
def _settings():
    """{name: (offset, bytes)}"""
    found, offset = {}, 0
    text = (SHIM / "settings.inc").read_text()
    for name, size in re.findall(r"^ +setting (\w+), (\d)", text, re.M):
        found[name] = (offset, int(size))
        offset += int(size)
    return found


@functools.cache
def _size(name):
    text = (SHIM / "size.inc").read_text()
    return int(re.search(rf"^%define {name} (\w+)", text, re.M)[1], 0)


def _assemble(name, folder):
    output = folder / name
    subprocess.run(["nasm", "-f", "bin", *NASM_WARNINGS, f"-I{SHIM}/", "-o", output,
                    SHIM / f"{name}.asm"], check=True, timeout=60)
    return output.read_bytes()


@functools.cache
def _shim():
    """boot.asm and shim.asm, assembled; in a folder of its own, because boots start in parallel."""
    with tempfile.TemporaryDirectory() as folder:
        return _assemble("boot", Path(folder)) + _assemble("shim", Path(folder))


def medium(extras=(), **settings):
    """The floppy's bytes; `extras` are more ranges (base, length, type, attributes) of E820h."""
    data = bytearray(FLOPPY)
    shim = _shim()
    data[:len(shim)] = shim
    for name, value in (DEFAULTS | settings | {"e820_extras": len(extras)}).items():
        offset, size = _settings()[name]
        struct.pack_into(FORMATS[size], data, SECTOR + offset, value)
    assert len(extras) <= _size("EXTRAS_MAX")
    for number, entry in enumerate(extras):
        offset = SECTOR + _size("EXTRAS") + number * _size("MAP_ENTRY")
        struct.pack_into("<QQII", data, offset, *entry)
    return bytes(data)
