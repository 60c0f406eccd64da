"""An ELF file with the labels of a flat program, so that the debugger knows them.

    tools/guide/step_labels.py PROGRAM.img PROGRAM.map PROGRAM.elf

NASM's flat binaries carry no names; its map lists them.
"""

import re
import struct
import sys
from pathlib import Path

BASE = 0x7c00           # where a BIOS puts a boot sector
ELF64, EXECUTABLE, X86_64 = b"\x7fELF\x02\x01\x01" + bytes(9), 2, 62
HEADER_SIZE, SECTION_SIZE, SYMBOL_SIZE = 64, 64, 24
PROGBITS, SYMTAB, STRTAB, ALLOC_EXEC = 1, 2, 3, 6
FUNCTION, GLOBAL = 2, 1 << 4


def labels(text):
    """[(address, name)] from NASM's map."""
    return [(int(address, 16), name) for address, name
            in re.findall(r"^ *([0-9A-F]+) +[0-9A-F]+ +(\S+)$", text, re.M)]


def elf(code, names):
    """The bytes of an ELF file: the code at BASE, and its labels."""
    strings = b"\0" + b"".join(name.encode() + b"\0" for _, name in names)
    symbols, at = bytes(SYMBOL_SIZE), 1
    for address, name in names:
        symbols += struct.pack("<IBBHQQ", at, FUNCTION | GLOBAL, 0, 1, address, 0)
        at += len(name.encode()) + 1
    section_names = b"\0.text\0.symtab\0.strtab\0"
    #        name  type      flags       address data           link entry size
    table = [(0,   0,        0,          0,      b"",           0,   0),
             (1,   PROGBITS, ALLOC_EXEC, BASE,   code,          0,   0),
             (7,   SYMTAB,   0,          0,      symbols,       3,   SYMBOL_SIZE),
             (15,  STRTAB,   0,          0,      strings + section_names, 0, 0)]
    # the sections' own names lie in the same table, after the labels
    offset, headers, data = HEADER_SIZE, b"", b""
    for name, kind, flags, address, content, link, size in table:
        headers += struct.pack("<IIQQQQIIQQ", name and name + len(strings), kind, flags, address,
                               offset, len(content), link, 1 if link else 0, 1, size)
        data += content
        offset += len(content)
    return ELF64 + struct.pack("<HHIQQQIHHHHHH", EXECUTABLE, X86_64, 1, BASE, 0, offset, 0,
                               HEADER_SIZE, 0, 0, SECTION_SIZE, len(table), 3) + data + headers


def main(image, listing, output):
    code = Path(image).read_bytes()
    names = [(address, name) for address, name in labels(Path(listing).read_text())
             if BASE <= address < BASE + len(code)]
    Path(output).write_bytes(elf(code, names))


if __name__ == "__main__":
    main(*sys.argv[1:])
