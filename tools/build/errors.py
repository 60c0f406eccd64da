#!/usr/bin/env python3
"""errors.py - prints docs/errors.md, made from include/errors.def.

    tools/build/errors.py > docs/errors.md

A test compares the two, so that the page can't go stale.
"""
import pathlib
import re
import sys

DEF = pathlib.Path(__file__).resolve().parents[2] / "include" / "errors.def"

ENTRY = re.compile(
    r"""^(?P<kind>MBR_ERROR|ERROR)\((?:'(?P<letter>.)'|(?P<number>\d+)),\s*(?P<name>\w+),\s*
        (?P<text>"(?:[^"\\]|\\.)*"),\s*
        (?P<cause>"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*),\s*
        (?P<advice>"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)\)""",
    re.M | re.X)

HEAD = """# Every error before the kernel

Made by `tools/build/errors.py` from [include/errors.def](../include/errors.def); edit that file, not this one.

Stage 1 shows a letter, how it read (CHS: the letter only comes when EDD has failed before), and in hexadecimal the
BIOS status, the drive and the LBA: `MBR error R CHS 04 drive 80 LBA 0021. Key?`. Then it goes on with the second copy of
stage 2 at LBA 400h; with one line for each copy that is of no use. If the drive was not 80h, both are tried on 80h as
well, in case the BIOS named the wrong one. When nothing is left, a key goes on to the next boot device.

Stage 2 shows number, text, the details of this case, cause and advice. Then **r** starts over from the MBR, **c**
starts over and reads by CHS, printing every transfer, and **n** asks the BIOS for its next boot device; on the
keyboard or the serial line. Holding Shift while stage 2 starts does the same as **c**.

BIOS status: 01 bad command or sector out of reach, 02 address mark not found, 04 sector not found, 09 transfer
crosses 64 KiB, 0C as SeaBIOS reports a failed read, 10 bad checksum, 20 controller failed, 31 no medium, 80 timeout,
AA drive not ready.

| error | what is wrong | why | what to try |
|---|---|---|---|
"""


def words(literal):
    """The text of one or several adjacent C string literals."""
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal))


def entries(source):
    return [m.groupdict() for m in ENTRY.finditer(source)]


def page(source):
    rows = []
    for e in entries(source):
        label = "MBR " + e["letter"] if e["letter"] else "E" + e["number"]
        rows.append("| {} | {} | {} | {} |\n".format(
            label, words(e["text"]), words(e["cause"]), words(e["advice"])))
    return HEAD + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(page(DEF.read_text()))
