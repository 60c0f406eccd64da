"""Makes the table of functions and source lines that is linked into a program.

    tools/build/symbols.py ELF TABLE [--functions-only]      writes the table
    tools/build/symbols.py ELF TABLE --check                 checks that it matches the program

The Makefile links a program, makes the table from it, and links it again with the
table after the code (linker/symbols.asm).  --check compares the second link with
the table, which is only right if no code moved.
lib/symbols.h describes the format.
"""

import argparse
import struct
import sys
from pathlib import Path

import dwarf_lines
from elf_file import SHF_EXECINSTR, STT_FUNC, STT_NOTYPE, STT_OBJECT, ElfFile

MAGIC = 0x59534C46


def code_range(elf):
    code = [section for section in elf.sections if section.flags & SHF_EXECINSTR and section.size]
    return (min(section.address for section in code),
            max(section.address + section.size for section in code))


def functions(elf):
    """[(address, name)], one for each address, without labels inside assembly functions.

    NASM gives its labels no type, or the type of the data before them."""
    is_code = [bool(section.flags & SHF_EXECINSTR) for section in elf.sections]
    found = {}
    for symbol in elf.symbols():
        if symbol.section >= len(is_code) or not is_code[symbol.section] or not symbol.name:
            continue
        is_label = symbol.kind in (STT_NOTYPE, STT_OBJECT) and "." not in symbol.name
        if symbol.kind == STT_FUNC or is_label:
            known = found.get(symbol.value)
            found[symbol.value] = min(known, symbol.name) if known else symbol.name
    return sorted(found.items())


def lines(elf, start, end):
    """[(address, file, line)] where the line changes; ("", 0) where there is no source."""
    changes = {}
    for row in dwarf_lines.rows(elf):
        if start <= row.address < end:
            changes[row.address] = (row.file, row.line if row.file else 0)
    kept, last = [], ("", 0)
    for address, place in sorted(changes.items()):
        if place != last:
            kept.append((address, *place))
            last = place
    return kept


def leb(value, signed=False):
    """A LEB128 number of DWARF."""
    coded = bytearray()
    while True:
        byte = value & 0x7F
        value >>= 7
        done = value == 0 and not (signed and byte & 0x40)
        done |= signed and value == -1 and bool(byte & 0x40)
        coded.append(byte if done else byte | 0x80)
        if done:
            return bytes(coded)


def coded_rows(rows, start, files):
    coded = bytearray()
    last_address, last_file, last_line = start, 0, 0
    for address, file, line in rows:
        number = files.index(file) if file else last_file
        changed = number != last_file
        coded += leb((address - last_address) << 1 | changed)
        coded += leb(number) if changed else b""
        coded += leb(line - last_line, signed=True)
        last_address, last_file, last_line = address, number, line
    return bytes(coded)


def table(elf, functions_only=False):
    start, end = code_range(elf)
    named = functions(elf)
    rows = [] if functions_only else lines(elf, start, end)
    files = sorted({file for _, file, _ in rows if file})
    coded = coded_rows(rows, start, files)
    names_at = 32 + 8 * len(named) + 4 * len(files) + len(coded)
    strings, offsets = bytearray(), {}
    for name in [name for _, name in named] + files:
        if name not in offsets:
            offsets[name] = names_at + len(strings)
            strings += name.encode() + b"\0"
    head = struct.pack("<IIQIIII", MAGIC, names_at + len(strings), start, end - start,
                       len(named), len(files), len(coded))
    return (head + b"".join(struct.pack("<II", address - start, offsets[name])
                            for address, name in named)
            + b"".join(struct.pack("<I", offsets[file]) for file in files) + coded + strings)


def main():
    parser = argparse.ArgumentParser(description="Makes a program's table of functions and lines.")
    parser.add_argument("elf", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--functions-only", action="store_true", help="leave the lines out")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args()
    made = table(ElfFile(options.elf), options.functions_only)
    if not options.check:
        options.table.write_bytes(made)
    elif options.table.read_bytes() != made:
        sys.exit(f"symbols.py: {options.table} does not match {options.elf}: its code moved")


if __name__ == "__main__":
    main()
