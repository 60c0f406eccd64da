"""Names of addresses, for reports: functions and source lines from ELF files."""

import os
import re
import shutil
import subprocess

from elf_file import SHF_ALLOC, ElfFile

AROUND = 16                 # bytes at an address by which it is judged whether it was loaded


class Symbols:
    """Names, sections and source lines from ELF files, as far as binutils is available.

    An address has a name only inside a section, and only if something was loaded there:
    `was_loaded` is a function (address, the ELF file's bytes for it) -> bool."""

    def __init__(self, files):
        self.files = files if shutil.which("nm") and shutil.which("addr2line") else []
        self.was_loaded = lambda address, original: True
        self.table, self.sections = [], []
        for path in self.files:
            text = subprocess.run(["nm", str(path)], stdout=subprocess.PIPE, text=True,
                                  check=False).stdout
            self.table += [(int(address, 16), kind.lower(), name, path) for address, kind, name
                           in re.findall(r"^([0-9a-f]+) ([tTdDbBrR]) (\S+)$", text, re.M)]
            self.sections += [section for section in ElfFile(path).sections if section.flags & SHF_ALLOC]
        self.table.sort(key=lambda row: row[0])

    def _nearest(self, address):
        """The last symbol before an address, in the same section."""
        section = next((section for section in self.sections
                        if section.address <= address < section.address + section.size), None)
        if section is None or not self.was_loaded(address, section.data[address - section.address:][:AROUND]):
            return None
        below = [row for row in self.table if section.address <= row[0] <= address]
        return below[-1] if below else None

    def section(self, address):
        row = self._nearest(address)
        return "" if not row else "code" if row[1] == "t" else "data"

    def describe(self, address):
        """"wait+4, tests/x.asm:12", or ""."""
        row = self._nearest(address)
        if not row:
            return ""
        text = subprocess.run(["addr2line", "-e", str(row[3]), f"{address:#x}"],
                              stdout=subprocess.PIPE,
                              text=True, check=False).stdout.strip().split(" (")[0]
        name = row[2] + (f"+{address - row[0]}" if address > row[0] else "")
        return name if not text or "?" in text else f"{name}, {os.path.relpath(text)}"
