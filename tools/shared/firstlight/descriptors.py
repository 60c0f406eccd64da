"""Segment descriptors, gates, selectors and interrupt vectors, bit by bit.

Intel SDM 3A: 3.4.2 (selectors), 3.4.5 (segments), 3.5 (system types), 6.11 and 6.14.1 (gates).
"""

import struct
from typing import NamedTuple

from firstlight import bits, headers

SYSTEM_TYPES = {
    1: "16-bit TSS, available", 2: "LDT", 3: "16-bit TSS, busy", 4: "16-bit call gate",
    5: "task gate", 6: "16-bit interrupt gate", 7: "16-bit trap gate", 9: "TSS, available",
    11: "TSS, busy", 12: "call gate", 14: "interrupt gate", 15: "trap gate",
}
GATE_TYPES = (5, 6, 7, 14, 15)


class Descriptor(NamedTuple):
    raw: int
    base: int
    limit: int              # in bytes, the last one that may be accessed
    text: str               # in words

    def has(self, bit):
        return bool(self.raw & bits.mask("DESCRIPTOR", bit))

    @property
    def dpl(self):
        return self.raw >> 45 & 3


def segment(raw, upper=0):
    """A GDT or LDT entry; `upper` is the second half of a 16-byte system descriptor."""
    limit = (raw & 0xffff) | (raw >> 32 & 0xf0000)
    if raw & bits.mask("DESCRIPTOR", "G"):
        limit = limit << 12 | 0xfff
    base = (raw >> 16 & 0xffffff) | (raw >> 56 << 24) | (upper & 0xffffffff) << 32
    return Descriptor(raw, base, limit, _words(Descriptor(raw, base, limit, "")))


def _words(descriptor):
    if not descriptor.raw:
        return "empty"
    if not descriptor.has("S"):
        kind = SYSTEM_TYPES.get(descriptor.raw >> 40 & 15, "reserved system type")
    elif descriptor.has("X"):
        size = ("invalid (L and D both set)" if descriptor.has("L") and descriptor.has("DB")
                else "64-bit" if descriptor.has("L") else "32-bit" if descriptor.has("DB")
                else "16-bit")
        kind = (f"{size} code, {'readable' if descriptor.has('RW') else 'execute only'}"
                + (", conforming" if descriptor.has("DC") else ""))
    else:
        kind = (("32-bit" if descriptor.has("DB") else "16-bit") + " data, "
                + ("writable" if descriptor.has("RW") else "read-only")
                + (", grows down" if descriptor.has("DC") else ""))
    return f"{kind}, ring {descriptor.dpl}" + ("" if descriptor.has("P") else ", NOT PRESENT")


def is_wide_system(raw, is_long):
    """True if this GDT entry takes two slots, as LDT, TSS and call gates do in long mode."""
    return is_long and raw and not raw & bits.mask("DESCRIPTOR", "S") and raw >> 40 & 15 in (2, 9,
                                                                                             11, 12)


def gdt_lines(memory, base, is_long):
    """One line for each entry of a GDT, from its bytes."""
    lines, at = [], 0
    while at + 8 <= len(memory):
        raw, = struct.unpack_from("<Q", memory, at)
        wide = is_wide_system(raw, is_long) and at + 16 <= len(memory)
        upper = struct.unpack_from("<Q", memory, at + 8)[0] if wide else 0
        entry = segment(raw, upper)
        span = f"base {entry.base:X}h, limit {entry.limit:X}h" if raw else ""
        text = "null descriptor" if at == 0 and not raw else entry.text
        lines.append(f"{at:04X}h  {raw:016X}  {text}" + (f"; {span}" if span else ""))
        at += 16 if wide else 8
    if len(memory) % 8:
        lines.append(f"The limit cuts the last descriptor: {len(memory)} bytes is not a multiple of "
                     "8.")
    return lines


class Gate(NamedTuple):
    raw: int
    offset: int
    selector: int
    kind: int
    dpl: int
    present: bool
    ist: int

    @property
    def text(self):
        if not self.raw:
            return "empty"
        name = SYSTEM_TYPES.get(self.kind, "no gate") if self.kind in GATE_TYPES else "not a gate"
        stack = f", stack IST{self.ist}" if self.ist else ""
        return (f"{name} to {self.selector:04X}:{self.offset:X}, ring {self.dpl}{stack}"
                + ("" if self.present else ", NOT PRESENT"))


def gate(entry):
    """An IDT entry of 8 bytes, or of 16 in long mode."""
    low, selector, middle, high = struct.unpack_from("<HHHH", entry)
    offset = low | high << 16
    ist = 0
    if len(entry) == 16:
        offset |= struct.unpack_from("<I", entry, 8)[0] << 32
        ist = middle & 7
    kind = middle >> 8 & 15
    if kind in (6, 7):
        offset &= 0xffff
    return Gate(int.from_bytes(entry, "little"), offset, selector, kind, middle >> 13 & 3,
                bool(middle & 0x8000), ist)


def vector_name(vector):
    for number, _, short, name in headers.table("exceptions.def", "EXCEPTION"):
        if number == vector:
            return f"{short} {name}" if short != "---" else name
    return f"interrupt {vector:02X}h"


def idt_lines(memory, is_long):
    """One line for each gate; adjacent empty ones become one line."""
    size = 16 if is_long else 8
    lines, empty = [], []

    def flush():
        if empty:
            lines.append(f"{empty[0]:02X}h-{empty[-1]:02X}h  empty" if len(empty) > 1
                         else f"{empty[0]:02X}h      empty")
            empty.clear()

    for vector in range(len(memory) // size):
        decoded = gate(memory[vector * size:vector * size + size])
        if not decoded.raw:
            empty.append(vector)
            continue
        flush()
        lines.append(f"{vector:02X}h  {vector_name(vector):<32} {decoded.text}")
    flush()
    return lines


IVT_NAMES = {
    0x08: "timer (IRQ 0)", 0x09: "keyboard (IRQ 1)", 0x10: "video services",
    0x11: "equipment list", 0x12: "memory size", 0x13: "disk services", 0x14: "serial services",
    0x15: "system services: A20, memory map", 0x16: "keyboard services", 0x17: "printer services",
    0x18: "no boot device: try the next", 0x19: "boot again", 0x1a: "clock services",
    0x1c: "timer tick, for programs", 0x1d: "video parameters (a table)",
    0x1e: "floppy parameters (a table)", 0x1f: "font (a table)",
    0x41: "disk 0 parameters (a table)", 0x46: "disk 1 parameters (a table)",
}


def ivt_lines(memory):
    """The interrupt vector table; adjacent equal ones become one line."""
    vectors = struct.unpack(f"<{len(memory) // 4}I", memory[:len(memory) // 4 * 4])
    lines, start = [], 0
    while start < len(vectors):
        end = start
        while (end + 1 < len(vectors) and vectors[end + 1] == vectors[start]
               and start not in IVT_NAMES and end + 1 not in IVT_NAMES):
            end += 1
        label = f"{start:02X}h" + (f"-{end:02X}h" if end > start else "")
        where = f"{vectors[start] >> 16:04X}:{vectors[start] & 0xffff:04X}"
        lines.append(f"{label:<8} {where if vectors[start] else '0000:0000 (unused)'}  "
                     f"{IVT_NAMES.get(start, '')}".rstrip())
        start = end + 1
    return lines


def selector_words(selector):
    table = "LDT" if selector & 4 else "GDT"
    return (f"selector {selector:04X}h = entry {selector >> 3} of the {table}, at offset "
            f"{selector & ~7:X}h, requested privilege level {selector & 3}")
