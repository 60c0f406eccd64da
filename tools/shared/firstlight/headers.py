"""Numbers, tables and structures of include/, read from the headers themselves."""

import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
INCLUDE = ROOT / "include"
INTEGERS = {"uint8_t": "B", "uint16_t": "H", "uint32_t": "I", "uint64_t": "Q", "char": "c"}


class Field(NamedTuple):
    name: str
    offset: int
    type: str               # of one element
    count: int              # 0 if it is not an array


class Structure(NamedTuple):
    name: str
    size: int
    fields: list

    def unpack(self, memory, at=0):
        """{field: number, bytes or list} of the structure at memory[at]."""
        return {field.name: _value(field, memory, at + field.offset) for field in self.fields}


def _source(name):
    return re.sub(r"/\*.*?\*/", "", (INCLUDE / name).read_text(), flags=re.S)


def numbers(path):
    """The "#define NAME number" lines of a header, and those of a single bit."""
    source = _source(path)
    found = {name: int(number, 0) for name, number in re.findall(
        r"^#define (\w+) \(?(0x[0-9a-fA-F]+|\d+)(?:[uUlL]*)\)?\s*$", source, re.M)}
    return found | {name: 1 << int(bit) for name, bit in re.findall(
        r"^#define (\w+) \(1u << (\d+)\)", source, re.M)}


@lru_cache
def constants():
    """The constants of all include/*.h."""
    found = {}
    for path in sorted(INCLUDE.glob("*.h")):
        found |= numbers(path)
    return found


@lru_cache
def table(name, macro):
    """The rows of an X-macro table: MACRO(1, NAME, "text" "more") gives (1, "NAME", "textmore")."""
    rows = []
    for body in re.findall(rf'^{macro}\(((?:[^"()]|"(?:[^"\\]|\\.)*")*)\)', _source(name), re.M):
        cells = re.findall(r'((?:"(?:[^"\\]|\\.)*"\s*)+|[^,\s]+)\s*(?:,|$)', body)
        rows.append(tuple(_cell(cell) for cell in cells))
    return rows


def _cell(text):
    if text.startswith('"'):
        return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))
    try:
        return int(text, 0)
    except ValueError:
        return text


@lru_cache
def enumeration(header, name):
    """{name: number} of an enum whose members all have numbers."""
    body = re.search(rf"^enum {name} \{{(.*?)\}};", _source(header), re.M | re.S)[1]
    return {member: int(number, 0) for member, number in re.findall(r"(\w+) = (\w+)", body)}


@lru_cache
def structure(header, name):
    """A struct: fixed-width integers, arrays of them, and other structs of the same header."""
    match = re.search(rf"^struct {name} \{{(.*?)^\}}([^;]*);", _source(header), re.M | re.S)
    packed = "packed" in match[2]
    fields, offset, widest = [], 0, 1
    for kind, names in re.findall(r"^\s*((?:struct )?\w+) ([^;]+);", match[1], re.M):
        size, alignment = _layout(header, kind)
        alignment = 1 if packed else alignment
        widest = max(widest, alignment)
        for declared in names.split(","):
            field, count = re.match(r"\s*(\w+)(?:\[(.+)\])?", declared).groups()
            count = _number(count) if count else 0
            offset += -offset % alignment
            fields.append(Field(field, offset, kind, count))
            offset += size * (count or 1)
    return Structure(name, offset + -offset % widest, fields)


def _layout(header, kind):
    if kind in INTEGERS:
        size = struct.calcsize("<" + INTEGERS[kind])
        return size, size
    inner = structure(header, kind.removeprefix("struct "))
    return inner.size, max(_layout(header, field.type)[1] for field in inner.fields)


def _number(text):
    """The size of an array: a number, a name, or the difference of two."""
    terms = [constants()[term] if term in constants() else int(term, 0)
             for term in re.findall(r"\w+", text)]
    return terms[0] - sum(terms[1:])


def _value(field, memory, at):
    if field.type == "char":
        return bytes(memory[at:at + field.count])
    if field.type not in INTEGERS:
        return at                               # where a nested structure starts
    values = struct.unpack_from(f"<{field.count or 1}{INTEGERS[field.type]}", memory, at)
    return list(values) if field.count else values[0]
