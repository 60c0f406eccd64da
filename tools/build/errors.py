#!/usr/bin/env python3
"""errors.py - writes docs/errors.md from include/errors.def.

    tools/build/errors.py > docs/errors.md

A test compares the page with the table, so that it cannot become outdated.
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

Stage 1 shows a letter and, in hexadecimal, the BIOS status and the drive: `MBR error R 04 80. Key?`. It first reads each of the
first sectors of stage 2 three times by EDD and three times by CHS, then continues with the second copy, and prints one line for
the drive if both are bad: what is wrong with the first one. Then it tries both on drive 80h, in case the BIOS passed the wrong one; if it was 80h, once more. When
nothing is left, a key continues with the next boot device.

The real-mode loader, which reads the rest of stage 2, prints for each bad copy what is wrong with it and where: E60 or
E61, the drive, the LBA and the BIOS status of both ways of reading. When nothing is left, it shows the first error with its cause and
advice, and a key (keyboard or serial line) continues with the next boot device.

Stage 2 shows number, text, the details, cause and advice. Then, on the keyboard or the serial line, **r** starts over from the MBR,
**c** starts over and reads by CHS, printing every transfer, and **n** asks the BIOS for its next boot device. Holding Shift while
stage 2 starts does the same as **c**.

BIOS status: 01 bad command or sector out of range, 02 address mark not found, 04 sector not found, 09 transfer
crosses 64 KiB, 0C read failed (SeaBIOS), 10 bad checksum, 20 controller failed, 31 no medium, 80 timeout,
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
