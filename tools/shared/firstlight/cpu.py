"""The CPU as QEMU's `info registers` shows it, including hidden parts."""

import re
from typing import NamedTuple

from firstlight.bits import mask

GENERAL = ("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp")
EXTENDED = tuple(f"r{number}" for number in range(8, 16))
SEGMENTS = ("cs", "ss", "ds", "es", "fs", "gs")
BITS = {"real16": 16, "vm86": 16, "prot16": 16, "compat16": 16,
        "prot32": 32, "compat32": 32, "long64": 64}
MEANING = {
    "real16": "real mode: 16-bit code, address = segment x 16 + offset",
    "vm86": "virtual-8086 mode: a real-mode program under a protected system",
    "prot16": "protected mode, 16-bit code segment",
    "prot32": "protected mode, 32-bit code segment",
    "compat16": "long mode is active, but this code segment is 16-bit",
    "compat32": "long mode is active, but this code segment is still 32-bit (compatibility mode)",
    "long64": "long mode, 64-bit code",
}


class Segment(NamedTuple):
    selector: int
    base: int
    limit: int
    flags: int              # the upper 32 bits of the descriptor, as the CPU keeps them

    @property
    def is_64bit(self):
        return bool(self.flags << 32 & mask("DESCRIPTOR", "L"))

    @property
    def is_32bit(self):
        return bool(self.flags << 32 & mask("DESCRIPTOR", "DB"))


class Cpu:
    """One moment of the CPU: values by lower-case 64-bit name (rax, rip, rflags, cr0, efer)."""

    def __init__(self, text):
        self.values = {}
        for name, number in re.findall(r"\b([A-Z][A-Z0-9]*) ?=([0-9a-f]+)\b", text):
            if name not in ("ES", "CS", "SS", "DS", "FS", "GS", "LDT", "TR", "GDT", "IDT"):
                self.values[_canonical(name)] = int(number, 16)
        self.segments = {
            name.strip().lower(): Segment(*(int(number, 16) for number in numbers))
            for name, *numbers in re.findall(
                r"^([A-Z]{2,3}) ?=([0-9a-f]{4}) ([0-9a-f]+) ([0-9a-f]{8}) ([0-9a-f]{8})", text,
                re.M)}
        self.tables = {name.lower(): (int(base, 16), int(limit, 16)) for name, base, limit
                       in re.findall(r"^([GI]DT)= +([0-9a-f]+) ([0-9a-f]+)", text, re.M)}

    def __getitem__(self, name):
        return self.values[name]

    def get(self, name, default=0):
        return self.values.get(name, default)

    def has(self, register, bit):
        return bool(self.values.get(register, 0) & mask(register.upper(), bit))

    @property
    def cs(self):
        return self.segments["cs"]

    @property
    def mode(self):
        if not self.has("cr0", "PE"):
            return "real16"
        if self.has("rflags", "VM"):
            return "vm86"
        family = "compat" if self.has("efer", "LMA") else "prot"
        if family == "compat" and self.cs.is_64bit:
            return "long64"
        return family + ("32" if self.cs.is_32bit else "16")

    @property
    def bits(self):
        return BITS[self.mode]

    def linear(self, segment, offset):
        if self.bits == 64:
            return offset
        return (self.segments[segment].base + offset) & 0xffffffff

    @property
    def pc(self):
        """The linear address of the next instruction."""
        return self.linear("cs", self["rip"])

    @property
    def stack(self):
        """The linear address of the top of the stack; 16-bit stacks use only SP."""
        is_wide = self.bits != 16 or self.segments["ss"].is_32bit
        return self.linear("ss", self["rsp"] if is_wide else self["rsp"] & 0xffff)

    def named(self, register):
        """The register's name in this mode, and its value: ("eax", value)."""
        if self.bits == 64 or not re.match(r"r([a-ds][xip]|[bs]p|di|ip|flags)$", register):
            return register, self[register]
        return "e" + register[1:], self[register] & 0xffffffff

    def where(self):
        """"0000:7C00 = 7C00h", in the form that fits the mode."""
        if self.bits == 64:
            return f"{self['rip']:016X}"
        width = 4 if self.bits == 16 else 8
        return f"{self.cs.selector:04X}:{self['rip']:0{width}X} = linear {self.pc:X}h"


def _canonical(name):
    name = name.lower()
    if name in ("eip", "efl", "rfl") or re.match(r"e([a-d]x|[sd]i|[sb]p)$", name):
        name = "r" + name[1:]
    return {"rfl": "rflags"}.get(name, name)


def changed_registers(old, new):
    """["eax 0 -> 3", ...]: general and segment registers that differ, by their names in the new mode."""
    found = []
    for register in GENERAL + EXTENDED:
        before, after = old.get(register), new.get(register)
        if register in new.values and before != after:
            name, value = new.named(register)
            found.append(f"{name} {before:x} -> {value:x}")
    for segment in SEGMENTS:
        before, after = old.segments[segment].selector, new.segments[segment].selector
        if before != after:
            found.append(f"{segment} {before:04x} -> {after:04x}")
    for name in ("gdt", "idt"):
        if old.tables[name] != new.tables[name]:
            base, limit = new.tables[name]
            found.append(f"{name}r -> base {base:x} limit {limit:x}")
    for name in ("cr2", "cr3"):
        if old.get(name) != new.get(name):
            found.append(f"{name} {old.get(name):x} -> {new.get(name):x}")
    return found
