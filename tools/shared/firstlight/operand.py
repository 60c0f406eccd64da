"""Decodes as much of an instruction as a diagnosis needs: prefixes, opcode, and the address of its operand.

Intel SDM 2A, 2.1 and 2.2.  Not a disassembler: opcodes that touch memory only by RSI or RDI,
immediates and lengths are left to those who ask.
"""

from typing import NamedTuple

LEGACY = b"\x26\x2e\x36\x3e\x64\x65\x66\x67\xf0\xf2\xf3"
SEGMENT_OF = {0x26: "es", 0x2e: "cs", 0x36: "ss", 0x3e: "ds", 0x64: "fs", 0x65: "gs"}
NAMES = ("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
         "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15")
MASK = (1 << 64) - 1
# MOV, ADD, OR, INC and DEC with a destination that ModRM names
STORES = (b"\x88", b"\x89", b"\xc6", b"\xc7", b"\x00", b"\x01", b"\x08", b"\x09", b"\xfe", b"\xff")


class Decoded(NamedTuple):
    prefixes: bytes
    rex: int                # 0 if there is none
    opcode: bytes           # one byte, or 0F and one more, or 0F 38/3A and one more
    rest: bytes             # from ModRM on, or the immediate
    mode: str

    @property
    def modrm(self):
        return self.rest[0] if self.rest else 0

    @property
    def reg(self):
        return self.modrm >> 3 & 7

    @property
    def has_memory(self):
        return bool(self.rest) and self.modrm >> 6 != 3


def decode(code, mode):
    """The parts of the instruction at the start of `code`; memory that is not there reads as 0."""
    at = 0
    while at < len(code) - 1 and code[at] in LEGACY:
        at += 1
    prefixes, rex = code[:at], 0
    if mode == "long64" and code[at:at + 1] and code[at] >> 4 == 4:
        rex = code[at]
        at += 1
    size = 1
    if code[at:at + 1] == b"\x0f":
        size = 3 if code[at + 1:at + 2] in (b"\x38", b"\x3a") else 2
    return Decoded(prefixes, rex, code[at:at + size] or b"\0", code[at + size:at + size + 12], mode)


def address(decoded, cpu):
    """The offset of the memory operand that ModRM names in 32- and 64-bit code; None if there is none."""
    if not decoded.has_memory or cpu.bits == 16:
        return None
    rex, rest = decoded.rex, decoded.rest
    mod, rm, at = rest[0] >> 6, rest[0] & 7, 1
    value = 0
    if rm == 4:
        if len(rest) < 2:
            return None
        sib, at = rest[1], 2
        index, base = sib >> 3 & 7 | (rex & 2) << 2, sib & 7
        if index != 4:
            value += cpu.get(NAMES[index]) << (sib >> 6)
        if base == 5 and mod == 0:
            mod = 2
        else:
            value += cpu.get(NAMES[base | (rex & 1) << 3])
    elif rm == 5 and mod == 0:
        mod = 2
        if cpu.bits == 64:                  # relative to the next instruction, without an immediate
            value = cpu["rip"] + len(decoded.prefixes) + bool(rex) + len(decoded.opcode) + 5
    else:
        value += cpu.get(NAMES[rm | (rex & 1) << 3])
    size = {0: 0, 1: 1, 2: 4}[mod]
    value += int.from_bytes(rest[at:at + size], "little", signed=True)
    return value & (MASK if cpu.bits == 64 else 0xffffffff)


def variable(one):
    """The fixed address, and its size, that an instruction's operand in memory has in 64-bit code; or None."""
    d = decode(one.raw, "long64")
    size = 1 if not d.opcode[-1] & 1 or d.opcode[:1] == b"\x0f" else 8 if d.rex & 8 else 2 if b"\x66" in d.prefixes else 4
    if d.modrm & 0xc7 == 5:
        return one.end + int.from_bytes(d.rest[1:5], "little", signed=True), size
    if d.modrm & 0xc7 == 4 and d.rest[1:2] == b"\x25":
        return int.from_bytes(d.rest[2:6], "little"), size
    return None


def is_canonical(value):
    return value >> 47 in (0, 0x1ffff)
