"""Reads sections and symbols of ELF files, 32-bit and 64-bit, little-endian."""

import struct
from typing import NamedTuple

STT_NOTYPE, STT_OBJECT, STT_FUNC = 0, 1, 2
SHF_ALLOC, SHF_EXECINSTR = 2, 4


class Section(NamedTuple):
    name: str
    flags: int
    address: int
    data: bytes
    size: int
    link: int


class Symbol(NamedTuple):
    name: str
    kind: int               # STT_...
    section: int            # its number; 0 undefined, FFF1h absolute
    value: int


class ElfFile:
    def __init__(self, path):
        data = path.read_bytes()
        if data[:4] != b"\x7fELF" or data[5] != 1:
            raise ValueError(f"{path} is not a little-endian ELF file")
        self.is_64 = data[4] == 2
        at, size, count, names = self._header(data)
        rows = [self._section_header(data, at + i * size) for i in range(count)]
        strings = rows[names]
        self.sections = [
            Section(_string(data, strings["offset"] + row["name"]), row["flags"], row["address"],
                    b"" if row["type"] == 8 else data[row["offset"]:row["offset"] + row["size"]],
                    row["size"], row["link"])
            for row in rows]

    def _header(self, data):
        at, = struct.unpack_from("<Q" if self.is_64 else "<I", data, 40 if self.is_64 else 32)
        return at, *struct.unpack_from("<HHH", data, 58 if self.is_64 else 46)

    def _section_header(self, data, at):
        form = "<IIQQQQI" if self.is_64 else "<IIIIIII"
        return dict(zip(("name", "type", "flags", "address", "offset", "size", "link"),
                        struct.unpack_from(form, data, at)))

    def section(self, name):
        return next((section for section in self.sections if section.name == name), None)

    def symbols(self):
        table = self.section(".symtab")
        if table is None:
            return []
        names = self.sections[table.link].data
        found = []
        for at in range(0, len(table.data), 24 if self.is_64 else 16):
            if self.is_64:
                name, info, _, section, value = struct.unpack_from("<IBBHQ", table.data, at)
            else:
                name, value, _, info, _, section = struct.unpack_from("<IIIBBH", table.data, at)
            found.append(Symbol(_string(names, name), info & 15, section, value))
        return found


def _string(data, at):
    return data[at:data.index(b"\0", at)].decode()
