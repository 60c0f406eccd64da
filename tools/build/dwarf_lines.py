"""Reads the source line of each address from the .debug_line section of an ELF file.

DWARF 2 to 5, section 6.2 of the standard: NASM writes version 2, GCC and Clang version 5.
rows() runs the line-number programs; an address that the linker did not place (0) is left
out.
"""

import os
import struct
from typing import NamedTuple

# standard opcodes
COPY, ADVANCE_PC, ADVANCE_LINE, SET_FILE, SET_COLUMN, NEGATE_STMT, SET_BASIC_BLOCK, \
    CONST_ADD_PC, FIXED_ADVANCE_PC = range(1, 10)
END_SEQUENCE, SET_ADDRESS = 1, 2                # extended opcodes
PATH, DIRECTORY = 1, 2                          # DW_LNCT_...


class Row(NamedTuple):
    address: int
    file: str               # "" after the last byte of a sequence
    line: int


class _Reader:
    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def number(self, form):
        value, = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def uleb(self):
        value = shift = 0
        while True:
            byte = self.number("B")
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def sleb(self):
        start = self.at
        value = self.uleb()
        bits = 7 * (self.at - start)
        return value - (1 << bits) if value >> (bits - 1) & 1 else value

    def string(self):
        end = self.data.index(b"\0", self.at)
        text = self.data[self.at:end].decode()
        self.at = end + 1
        return text


class _Unit:
    """The header of one line-number program: how to read it, and its files."""

    def __init__(self, reader, strings):
        self.end = reader.number("I")
        self.end += reader.at
        self.version = reader.number("H")
        if not 2 <= self.version <= 5:
            raise ValueError(f"DWARF version {self.version} is not supported")
        if self.version == 5:
            self.address_size = reader.number("B")
            reader.number("B")
        self.program = reader.number("I")
        self.program += reader.at
        self.unit = reader.number("B")
        if self.version >= 4:
            reader.number("B")
        reader.number("B")
        self.line_base, self.line_range = reader.number("b"), reader.number("B")
        self.opcode_base = reader.number("B")
        self.operands = [0] + [reader.number("B") for _ in range(self.opcode_base - 1)]
        self.files = (_names_5 if self.version == 5 else _names_2)(reader, strings)
        reader.at = self.program


def _names_2(reader, _):
    """[path]: names counted from 1, in directories counted from 1; 0 is where the compiler ran."""
    directories, files = [""], [""]
    while text := reader.string():
        directories.append(text)
    while text := reader.string():
        files.append(_path(directories[reader.uleb()], text))
        reader.uleb(), reader.uleb()            # time and size
    return files


def _names_5(reader, strings):
    directories = [entry[PATH] for entry in _entries_5(reader, strings)]
    return [_path(directories[entry.get(DIRECTORY, 0)], entry[PATH])
            for entry in _entries_5(reader, strings)]


def _entries_5(reader, strings):
    formats = [(reader.uleb(), reader.uleb()) for _ in range(reader.number("B"))]
    return [{content: _form(reader, form, strings) for content, form in formats}
            for _ in range(reader.uleb())]


def _form(reader, form, strings):
    if form == 0x08:                            # DW_FORM_string
        return reader.string()
    if form in strings:                         # DW_FORM_strp, DW_FORM_line_strp
        return _Reader(strings[form], reader.number("I")).string()
    if form == 0x0b:                            # DW_FORM_data1
        return reader.number("B")
    if form == 0x05:                            # DW_FORM_data2
        return reader.number("H")
    if form == 0x0f:                            # DW_FORM_udata
        return reader.uleb()
    if form == 0x1e:                            # DW_FORM_data16: MD5 of the file
        reader.at += 16
        return None
    raise ValueError(f"DW_FORM {form:#x} in a file table")


def _path(directory, name):
    """As a path from the project's folder.  NASM repeats the folder if a file includes another."""
    if os.path.exists(name) and not os.path.isabs(name):
        return os.path.normpath(name)
    return os.path.relpath(os.path.join(directory, name))


def _run(reader, unit, address_form):
    """The rows of one program, unsorted."""
    address, file, line = 0, 1, 1

    def row():
        return Row(address, unit.files[file], line)

    while reader.at < unit.end:
        opcode = reader.number("B")
        if opcode >= unit.opcode_base:          # a special opcode changes both at once
            steps, step = divmod(opcode - unit.opcode_base, unit.line_range)
            address += steps * unit.unit
            line += unit.line_base + step
            yield row()
        elif opcode == 0:
            length = reader.uleb()
            end = reader.at + length
            extended = reader.number("B")
            if extended == END_SEQUENCE:
                yield Row(address, "", 0)
                address, file, line = 0, 1, 1
            elif extended == SET_ADDRESS:
                address = reader.number(address_form)
            reader.at = end
        elif opcode == COPY:
            yield row()
        elif opcode == ADVANCE_PC:
            address += reader.uleb() * unit.unit
        elif opcode == ADVANCE_LINE:
            line += reader.sleb()
        elif opcode == SET_FILE:
            file = reader.uleb()
        elif opcode == CONST_ADD_PC:
            address += (255 - unit.opcode_base) // unit.line_range * unit.unit
        elif opcode == FIXED_ADVANCE_PC:
            address += reader.number("H")
        else:                                   # an opcode that does not affect lines
            for _ in range(unit.operands[opcode]):
                reader.uleb()


def rows(elf):
    """All rows of the file, sorted by address; for equal addresses the last one applies."""
    section = elf.section(".debug_line")
    strings = {form: elf.section(name).data for form, name
               in ((0x0e, ".debug_str"), (0x1f, ".debug_line_str")) if elf.section(name)}
    reader = _Reader(section.data if section else b"")
    found = []
    while reader.at < len(reader.data):
        unit = _Unit(reader, strings)
        found += _run(reader, unit, "Q" if elf.is_64 else "I")
        reader.at = unit.end
    # the end of one sequence may be the start of the next one, which then applies
    return sorted((row for row in found if row.address),
                  key=lambda row: (row.address, bool(row.file)))
