"""The tables of functions and lines in the programs, compared with nm and LLVM's addr2line.

The addr2line of binutils 2.40 gives some inlined instructions the file that they went to.
"""

import os
import re
import struct
import subprocess

import pytest

from machine import require
from project import BUILD, ROOT

HEAD = struct.Struct("<IIQIIII")


def read_leb(data, at, signed=False):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return (value - (1 << shift) if signed and byte & 64 else value), at


class Table:
    """A table, read as lib/symbols.h describes it."""

    def __init__(self, data):
        _, size, self.base, self.code_bytes, functions, files, row_bytes = HEAD.unpack_from(data)
        assert size == len(data)
        at = HEAD.size
        self.functions = [(self.base + address, self.text(data, name)) for address, name
                          in struct.iter_unpack("<II", data[at:at + 8 * functions])]
        at += 8 * functions
        names = [self.text(data, name)
                 for name, in struct.iter_unpack("<I", data[at:at + 4 * files])]
        at += 4 * files
        self.rows, end = [], at + row_bytes
        address, file, line = self.base, 0, 0
        while at < end:
            step, at = read_leb(data, at)
            address += step >> 1
            if step & 1:
                file, at = read_leb(data, at)
            change, at = read_leb(data, at, signed=True)
            line += change
            self.rows.append((address, names[file], line))

    @staticmethod
    def text(data, at):
        return data[at:data.index(b"\0", at)].decode()


def output_of(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, timeout=60, **options).stdout


@pytest.mark.parametrize("name", ["stage2", "kernel", "tests/kernel"])
def test_table_has_every_function(name):
    table = Table((BUILD / f"{name}.symbols").read_bytes())
    symbols = re.findall(r"^([0-9a-f]+) [TtW] (\S+)$", output_of("nm", BUILD / f"{name}.elf"), re.M)
    code = {}
    for address, symbol in symbols:
        if (not re.match(r"\w+\.[a-z]\w*$", symbol)
                or re.search(r"\.(part|cold|isra|constprop)", symbol)):
            code.setdefault(int(address, 16), set()).add(symbol)
    named = dict(table.functions)
    assert sorted(named) == [address for address in sorted(code) if address in named]
    assert all(named[address] in code[address] for address in named)
    end = table.base + table.code_bytes
    missing = [code[address] for address in code if address not in named and address < end]
    assert not missing


@pytest.mark.parametrize("name", ["kernel", "tests/kernel"])
def test_table_gives_the_lines_that_addr2line_gives(name):
    table = Table((BUILD / f"{name}.symbols").read_bytes())
    require("llvm-addr2line")
    rows = [row for row in table.rows if row[2]]
    assert len(rows) > 1000
    places = output_of("llvm-addr2line", "-e", BUILD / f"{name}.elf",
                       input="\n".join(f"{address:#x}" for address, *_ in rows)).splitlines()
    wrong = []
    for (address, file, line), place in zip(rows, places, strict=True):
        path = os.path.normpath(place.split(" (")[0].rsplit(":", 1)[0])
        if not (path == file and re.search(rf":{line}\b", place)):
            wrong.append((hex(address), file, line, place))
    assert not wrong
    assert all((ROOT / file).exists() for _, file, _ in rows)


def test_table_is_in_the_image():
    assert (BUILD / "kernel.symbols").read_bytes() in (BUILD / "kernel.bin").read_bytes()
    assert (BUILD / "stage2.symbols").read_bytes() in (BUILD / "stage2.bin").read_bytes()


def test_table_of_another_program_is_refused(tmp_path):
    result = subprocess.run(["python3", "-B", "tools/build/symbols.py", BUILD / "kernel.elf",
                             BUILD / "tests/kernel.symbols", "--check"], cwd=ROOT, text=True,
                            capture_output=True, timeout=60, check=False)
    assert result.returncode == 1 and "its code moved" in result.stderr
