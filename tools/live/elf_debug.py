"""Names and lines of one program: the symbols of its ELF file and its DWARF line table.

pyelftools reads both (NASM writes DWARF 2 or 3, GCC and Clang version 5).  elf_variables.py has the
variables with their types.
"""

import os
from pathlib import Path
from typing import NamedTuple

from elftools.common.exceptions import DWARFError, ELFError
from elftools.elf.constants import SH_FLAGS
from elftools.elf.elffile import ELFFile

import elf_variables
from page_problem import Problem

CODE_SAMPLE = 256       # bytes of code that identify a program in an image
PAGE_SAMPLE = 64        # the same for images that are dropped on the page


class Row(NamedTuple):
    address: int
    file: str           # "" after the last byte of a sequence
    line: int


class Program(NamedTuple):
    path: Path
    name: str
    bits: int
    start: int                  # linear addresses of its code, first and one past the last
    end: int
    code: bytes                 # the first bytes of its largest section
    code_address: int
    functions: list             # (address, size, name), sorted
    symbols: list               # (address, size, name) of its data, sorted
    rows: list                  # Row, sorted, only where the line changes

    def describe(self, files):
        """The same as JSON: addresses count from `base`, which is a string of hexadecimal."""
        types, statics, scopes = elf_variables.read(self.path)
        return {
            "name": self.name, "bits": self.bits,
            "base": f"{self.start:x}", "size": self.end - self.start,
            "code": list(self.code[:PAGE_SAMPLE]), "codeAt": self.code_address - self.start,
            "functions": [[address - self.start, size, name]
                          for address, size, name in self.functions],
            "types": types, "variables": self._variables(statics, files),
            "scopes": [self._scope(scope) for scope in scopes],
            "lines": [[row.address - self.start, files.number(row.file) if row.file else -1,
                       row.line] for row in self.rows],
        }

    def _variables(self, statics, files):
        """[offset, size, name, type, file]; what only the symbols name has no type and no file."""
        lines = {row.file for row in self.rows}
        found = {address: [size, name, -1, -1] for address, size, name in self.symbols}
        for address, size, name, kind, unit in statics:
            path = _path(*unit)
            found[address] = [size, name, kind, files.number(path) if path in lines else -1]
        return [[address - self.start, *row] for address, row in sorted(found.items())]

    def _scope(self, scope):
        def place(start, end, kind, register, number):
            return [start - self.start, end - self.start, kind, register,
                    number - self.start if kind == "static" else number]

        return [scope.name, [[start - self.start, end - self.start] for start, end in scope.ranges],
                [[name, kind, is_argument, [place(*row) for row in places]]
                 for name, kind, is_argument, places in scope.variables]]


def read(path):
    try:
        with path.open("rb") as stream:
            return _program(path, ELFFile(stream))
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error
    except (ELFError, DWARFError, AssertionError, ValueError, KeyError, IndexError) as error:
        raise Problem(f"{path} is not an ELF file, or a damaged one.") from error


def _program(path, elf):
    code = [section for section in elf.iter_sections()
            if section["sh_flags"] & SH_FLAGS.SHF_EXECINSTR and section["sh_size"]]
    if not code:
        raise Problem(f"{path} has no code in it.")
    start = min(section["sh_addr"] for section in code)
    end = max(section["sh_addr"] + section["sh_size"] for section in code)
    largest = max(code, key=lambda section: section["sh_size"])
    functions, variables = _symbols(elf, start, end)
    return Program(path, path.stem, elf.elfclass, start, end, largest.data()[:CODE_SAMPLE],
                   largest["sh_addr"], functions, variables, _rows(elf, start, end))


def _symbols(elf, start, end):
    """Functions (and the labels of assembly that are not local), and variables."""
    table = elf.get_section_by_name(".symtab")
    functions, variables = {}, {}
    for symbol in table.iter_symbols() if table else ():
        kind, index, name = symbol["st_info"]["type"], symbol["st_shndx"], symbol.name
        if not isinstance(index, int) or not name:
            continue
        flags = elf.get_section(index)["sh_flags"]
        if flags & SH_FLAGS.SHF_EXECINSTR:
            is_label = kind in ("STT_NOTYPE", "STT_OBJECT") and "." not in name
            if kind == "STT_FUNC" or is_label:
                _keep(functions, symbol)
        elif flags & SH_FLAGS.SHF_ALLOC and "." not in name:
            _keep(variables, symbol)
    return _with_sizes(functions, end), _with_sizes(variables, None)


def _keep(found, symbol):
    """One name for an address: a sized symbol before a label, then the first in the alphabet."""
    rank = (not symbol["st_size"], symbol.name)
    known = found.get(symbol["st_value"])
    if known is None or rank < known[0]:
        found[symbol["st_value"]] = rank, symbol["st_size"]


def _with_sizes(found, end):
    """A label without a size extends to the next one."""
    ordered = sorted((address, size, name) for address, ((_, name), size) in found.items())
    following = [address for address, _, _ in ordered[1:]] + [end]
    return [(address, size or ((after or address + 1) - address), name)
            for (address, size, name), after in zip(ordered, following)]


def _rows(elf, start, end):
    if not elf.has_dwarf_info():
        return []
    debug = elf.get_dwarf_info()
    found = []
    for unit in debug.iter_CUs():
        program = debug.line_program_for_CU(unit)
        if program:
            found += _unit_rows(unit, program, start, end)
    # the end of one sequence may be the start of the next one, which then applies
    found.sort(key=lambda row: (row.address, bool(row.file)))
    last_of_address = {row.address: row for row in found}
    kept = []
    for row in last_of_address.values():
        if not kept or row[1:] != kept[-1][1:]:
            kept.append(row)
    return kept


def _unit_rows(unit, program, start, end):
    directory = unit.get_top_DIE().attributes.get("DW_AT_comp_dir")
    names = _file_names(program.header, directory.value.decode() if directory else "")
    for entry in program.get_entries():
        state = entry.state
        if state is None or not start <= state.address <= end:
            continue
        if state.end_sequence:
            yield Row(state.address, "", 0)
        else:
            yield Row(state.address, names[state.file], state.line)


def _file_names(header, compiled_in):
    """What a row's file number means: DWARF 5 counts files and directories from 0, older ones
    files from 1, with directory 0 where the compiler ran."""
    directories = [name.decode() for name in header["include_directory"]]
    if header["version"] < 5:
        directories.insert(0, compiled_in)
    files = [_path(compiled_in, directories[entry["dir_index"]], entry["name"].decode())
             for entry in header["file_entry"]]
    return files if header["version"] >= 5 else ["", *files]


def _path(compiled_in, directory, name):
    """As seen from here; NASM repeats the folder in the name if a file includes another one."""
    if Path(name).exists() and not os.path.isabs(name):
        return os.path.normpath(name)
    return os.path.relpath(os.path.join(compiled_in, directory, name))
