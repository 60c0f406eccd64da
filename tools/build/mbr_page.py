#!/usr/bin/env python3
"""mbr_page.py - puts the bytes of this build's MBR into the listings of docs/mbr.md.

    tools/build/mbr_page.py build > /tmp/mbr.md && mv /tmp/mbr.md docs/mbr.md

A block after "<!-- listing: LABEL -->" shows the code from that label up to that of the next
block, and the last one to the end.  The text around the blocks is written by hand.  A test
compares the page with the build.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE = 0x7C00
SECTIONS = {".mbr.jump": 0, ".mbr.code": 0x3E, ".mbr.magic": 0x1FE}   # offsets (stage1.ld)
LINE = re.compile(r"^ *\d+ ([0-9A-F]{8}) ([0-9A-F()\[\]-]+) *(.*)$|^ *\d+ {10,}(?!<)(.*)$")
BLOCK = re.compile(r"(<!-- listing: (\S+) -->\n```nasm\n).*?(```\n)", re.S)


def listing(build):
    """NASM's listing of the MBR as (offset in the sector, length, source) and (label,) rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "listing")
        subprocess.run(["nasm", "-f", "elf32", f"-I{build}/include/", f"-I{ROOT}/", "-l", path,
                        "-o", f"{folder}/object", ROOT / "stage1/stage1.asm"], check=True)
        lines = path.read_text().splitlines()
    rows, base = [], 0
    for line in filter(None, map(LINE.match, lines)):
        offset, code, source, plain = line.groups()
        source = (source if offset else plain).split(";")[0].rstrip()
        section = re.match(r"section (\S+)", source)
        label = re.match(r"(\.?\w+):$", source)
        if section:
            base = SECTIONS.get(section[1], 0)
        elif label:
            rows.append((label[1],))
        elif offset:
            length = len(re.sub("[^0-9A-F]", "", code)) // 2
            if not source:                          # the same instruction continues
                at, before, text = rows.pop()
                rows.append((at, before + length, text))
            else:
                rows.append((base + int(offset, 16), length, source))
    return rows


def shown(row, image):
    if len(row) == 1:
        return f"{row[0]}:\n"
    at, length, source = row
    code = image[at:at + length].hex(" ").upper()
    if length > 8:
        code = image[at:at + 7].hex(" ").upper() + " .."
    return f"    {BASE + at:04X}  {code:<24} {' '.join(source.split(None, 1)).strip()}\n"


def page(text, build):
    rows = listing(build)
    image = (pathlib.Path(build) / "stage1.bin").read_bytes()
    starts = [rows.index((block[2],)) for block in BLOCK.finditer(text)] + [len(rows)]
    parts = iter(zip(starts, starts[1:]))

    def filled(block):
        first, end = next(parts)
        return block[1] + "".join(shown(row, image) for row in rows[first:end]) + block[3]

    return BLOCK.sub(filled, text)


if __name__ == "__main__":
    sys.stdout.write(page((ROOT / "docs/mbr.md").read_text(), sys.argv[1]))
