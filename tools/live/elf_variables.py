"""The variables of one program, from its DWARF: what is at an address, and what a function calls by
which name while it runs.  elf_types.py has their types.

A place says where a variable is for code of [from, to[: "register" (its name), "memory" (at a
register's value plus a number), "static" (at an address), "value" (a register's value plus a number
is the variable's), "constant".  What takes more than that to work out is left out.
"""

import functools
from typing import NamedTuple

from elftools.common.exceptions import DWARFError, ELFError
from elftools.dwarf import callframe
from elftools.dwarf.dwarf_expr import DWARFExprParser
from elftools.dwarf.locationlists import LocationEntry, LocationParser
from elftools.dwarf.ranges import RangeEntry
from elftools.elf.elffile import ELFFile

from elf_types import Types, name_of, text_of, value_of
from page_problem import note

REGISTERS = {
    32: ("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"),
    64: ("rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp",
         "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"),
}
SCOPES = {"DW_TAG_subprogram", "DW_TAG_inlined_subroutine", "DW_TAG_lexical_block"}
# Operations for what a register held when the function was called, which the page does not know
ENTRY_VALUES = {0xa3, 0xf3}
# What pyelftools raises for forms that its version does not know
UNREADABLE = (DWARFError, ELFError, AssertionError, AttributeError, KeyError, IndexError,
              NotImplementedError, RecursionError, TypeError, ValueError)


class Static(NamedTuple):
    address: int
    size: int
    name: str
    type: int
    unit: tuple         # (folder of the compiler, "", name) of the file that defines it


class Local(NamedTuple):
    name: str
    type: int
    is_argument: bool
    places: list        # [(from, to, kind, register or address, number)]


class Scope(NamedTuple):
    """A function, one that the compiler has put into another one, or a block of either."""
    name: str           # "" for a block
    ranges: list        # [(from, to)]
    variables: list     # Local


class Variables(NamedTuple):
    types: list
    statics: list       # Static
    scopes: list        # Scope, an outer one before those in it


NONE = Variables([], [], [])


def read(path):
    """All of them; none without DWARF, or where it has what pyelftools cannot read."""
    try:
        with path.open("rb") as stream:
            elf = ELFFile(stream)
            return _read(elf) if elf.has_dwarf_info() else NONE
    except UNREADABLE as error:
        note(f"the variables of {path} are left out: {type(error).__name__}: {error}")
        return NONE


def _read(elf):
    reader = _Reader(elf)
    for unit in reader.debug.iter_CUs():
        reader.unit(unit)
    return Variables(reader.types.rows, reader.statics, reader.scopes)


class _Reader:
    def __init__(self, elf):
        self.debug = elf.get_dwarf_info()
        names = REGISTERS[elf.elfclass]
        self.registers = {str(number): name for number, name in enumerate(names)}
        self.types, self.statics, self.scopes = Types(), [], []
        self.locations = LocationParser(self.debug.location_lists())
        self.frames = _frames(self.debug, self.registers)

    def unit(self, unit):
        self.cu, top = unit, unit.get_top_DIE()
        self.base = value_of(top, "DW_AT_low_pc")
        self.file = text_of(top, "DW_AT_comp_dir"), "", name_of(top)
        self.expressions = DWARFExprParser(unit.structs)
        for die in top.iter_children():
            self.visit(die, None)

    def visit(self, die, function):
        """Goes down the functions and blocks; `function` is the one that the code belongs to."""
        if die.tag == "DW_TAG_variable":
            self.static(die)
        if die.tag not in SCOPES:
            return
        function = die if die.tag == "DW_TAG_subprogram" else function
        ranges = self.ranges(die)
        children = list(die.iter_children())
        if ranges:
            name = "" if die.tag == "DW_TAG_lexical_block" else name_of(_origin(die))
            scope = Scope(name, ranges, list(self.locals(children, ranges, function)))
            if scope.variables:
                self.scopes.append(scope)
        for child in children:
            self.visit(child, function)

    def static(self, die):
        operations = self.operations(die)
        if [name for name, _ in operations] == ["DW_OP_addr"]:
            name = name_of(_origin(die))
            # a declaration in a header may leave the length of an array open
            number = self.types.of(die if "DW_AT_type" in die.attributes else _origin(die))
            (_, (address,)), = operations
            self.statics.append(Static(address, self.types.size(number), name, number, self.file))

    def locals(self, children, ranges, function):
        for die in children:
            origin = _origin(die)
            if die.tag in ("DW_TAG_variable", "DW_TAG_formal_parameter") and name_of(origin):
                places = _joined(self.places(die, ranges, function))
                is_argument = die.tag == "DW_TAG_formal_parameter"
                yield Local(name_of(origin), self.types.of(origin), is_argument, places)

    def operations(self, die, attribute="DW_AT_location"):
        found = die.attributes.get(attribute)
        if found is None or found.form not in ("DW_FORM_exprloc", "DW_FORM_block1"):
            return []
        return self.parse(found.value)

    def parse(self, expression):
        if expression[:1] and expression[0] in ENTRY_VALUES:
            return []
        try:
            return [self.operation(step) for step in self.expressions.parse_expr(expression)]
        except UNREADABLE:
            return []

    def operation(self, step):
        if step.op_name == "DW_OP_addrx":       # Clang's: a number in a list of addresses
            return "DW_OP_addr", [self.debug.get_addr(self.cu, step.args[0])]
        return step.op_name, step.args

    def places(self, die, ranges, function):
        found = die.attributes.get("DW_AT_location")
        if found is None:
            value = die.attributes.get("DW_AT_const_value")
            if value is not None and isinstance(value.value, int):
                yield from ((start, end, "constant", "", value.value) for start, end in ranges)
            return
        if found.form == "DW_FORM_exprloc":
            pieces = [(start, end, self.parse(found.value)) for start, end in ranges]
        else:
            pieces = self.listed(found, die)
        for start, end, operations in pieces:
            yield from self.place(start, end, operations, function)

    def listed(self, attribute, die):
        """The entries of a location list."""
        base = self.base
        try:
            entries = self.locations.parse_from_attribute(attribute, die.cu["version"], die)
        except UNREADABLE:
            return
        for entry in entries:
            if isinstance(entry, LocationEntry):
                start = 0 if getattr(entry, "is_absolute", False) else base
                if entry.begin_offset < entry.end_offset:
                    yield (start + entry.begin_offset, start + entry.end_offset,
                           self.parse(entry.loc_expr))
            elif hasattr(entry, "base_address"):
                base = entry.base_address

    def place(self, start, end, operations, function):
        """What an expression of one or two operations means."""
        names = [name for name, _ in operations]
        if len(names) not in (1, 2) or (len(names) == 2 and names[1] != "DW_OP_stack_value"):
            return
        (name, args), is_value = operations[0], len(names) == 2
        if name == "DW_OP_fbreg" and not is_value:
            yield from self.in_frame(start, end, args[0], function)
        elif name.startswith("DW_OP_breg"):
            register = self.registers.get(name[len("DW_OP_breg"):])
            if register:
                yield start, end, "value" if is_value else "memory", register, args[0]
        elif name.startswith("DW_OP_reg"):
            register = self.registers.get(name[len("DW_OP_reg"):])
            if register:
                yield start, end, "register", register, 0
        elif name == "DW_OP_addr":
            yield start, end, "constant" if is_value else "static", "", args[0]
        elif is_value and name.startswith("DW_OP_lit"):
            yield start, end, "constant", "", int(name[9:])
        elif is_value and name.startswith("DW_OP_const"):
            yield start, end, "constant", "", args[0]

    def in_frame(self, start, end, offset, function):
        """A variable on the stack: its frame is where the function's frame base says."""
        base = self.operations(function, "DW_AT_frame_base") if function else []
        if [name for name, _ in base] == ["DW_OP_call_frame_cfa"]:
            for row_start, row_end, register, distance in self.frames:
                if row_start < end and start < row_end:
                    yield (max(start, row_start), min(end, row_end), "memory", register,
                           distance + offset)
        elif len(base) == 1 and base[0][0].startswith("DW_OP_reg"):
            yield start, end, "memory", self.registers[base[0][0][len("DW_OP_reg"):]], offset

    def ranges(self, die):
        if "DW_AT_low_pc" in die.attributes and "DW_AT_high_pc" in die.attributes:
            start, end = value_of(die, "DW_AT_low_pc"), die.attributes["DW_AT_high_pc"]
            return [(start, end.value if end.form == "DW_FORM_addr" else start + end.value)]
        if "DW_AT_ranges" not in die.attributes:
            return []
        try:
            entries = self.debug.range_lists().get_range_list_at_offset(
                die.attributes["DW_AT_ranges"].value, die.cu)
        except UNREADABLE:
            return []
        found, base = [], self.base
        for entry in entries:
            if isinstance(entry, RangeEntry):
                start = 0 if getattr(entry, "is_absolute", False) else base
                found.append((start + entry.begin_offset, start + entry.end_offset))
            elif hasattr(entry, "base_address"):
                base = entry.base_address
        return found


# pyelftools makes its large table of structures anew for each function's frame
callframe.DWARFStructs = functools.cache(callframe.DWARFStructs)


def _frames(debug, registers):
    """[(from, to, register, number)]: where a function's frame ends, for each piece of its code."""
    found = []
    entries = (debug.CFI_entries() if debug.has_CFI() else []) \
        + (debug.EH_CFI_entries() if debug.has_EH_CFI() else [])
    for entry in entries:
        if not isinstance(entry, callframe.FDE):
            continue
        rows = entry.get_decoded().table
        end = entry["initial_location"] + entry["address_range"]
        for row, after in zip(rows, [row["pc"] for row in rows[1:]] + [end]):
            if row["cfa"].reg is not None:
                found.append((row["pc"], after, registers[str(row["cfa"].reg)], row["cfa"].offset))
    return found


def _joined(places):
    """The same place for code that follows is one."""
    found = []
    for place in sorted(places):
        if found and found[-1][1] == place[0] and found[-1][2:] == place[2:]:
            place = (found.pop()[0], *place[1:])
        found.append(place)
    return found


def _origin(die):
    """Where the name and the type of a variable or function are."""
    for attribute in ("DW_AT_abstract_origin", "DW_AT_specification"):
        if attribute in die.attributes:
            return _origin(die.get_DIE_from_attribute(attribute))
    return die
