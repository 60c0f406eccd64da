"""Follows constants through 16-bit code: what a boot sector asked INT 13h for.

Only what straight-line code makes of immediates is known; everything else is None.
"""

from typing import NamedTuple

AX, CX, DX, BX, SP, _, SI = range(7)
ES, CS, SS, DS = range(4)
CHECKS = (b"\x72", b"\x73", b"\x0f\x82", b"\x0f\x83", b"\x0a\xe4", b"\x08\xe4", b"\x84\xe4",
          b"\x80\xfc", b"\x3c", b"\x38", b"\x9f", b"\x9c", b"\x19", b"\x1b")      # of CF, AH or AL
PUSHES = {0x06, 0x0e, 0x16, 0x1e, *range(0x50, 0x58), 0x68, 0x6a, 0x9c}
POPS = {0x07, 0x17, 0x1f, *range(0x58, 0x60), 0x9d}
SOON = 6                    # instructions in which a check follows


class Read(NamedTuple):
    """One INT 13h that reads sectors; None for what is not known."""
    function: int           # AH: 02h or 42h
    count: int
    segment: int            # ES:BX
    offset: int
    cylinder: int
    sector: int
    head: int
    drive: int
    packet: int             # DS:SI, linear, of EDD's packet
    stack: int              # SS:SP, linear
    is_checked: bool

    @property
    def address(self):
        return None if self.segment is None or self.offset is None \
            else (self.segment * 16 + self.offset) & 0xfffff


class Registers:
    """Bytes of the general registers, and segment registers, as far as they are known."""

    def __init__(self):
        self.bytes = [None] * 16
        self.segments = [0, 0, 0, 0]
        self.set8(2, 0x80)                      # DL: the BIOS's drive
        self.stack, self.returns = [], []

    def get8(self, number):                     # AL CL DL BL AH CH DH BH
        return self.bytes[(number & 3) * 2 + (number >> 2)]

    def set8(self, number, value):
        self.bytes[(number & 3) * 2 + (number >> 2)] = value

    def get(self, number):
        low, high = self.bytes[number * 2:number * 2 + 2]
        return None if low is None or high is None else low | high << 8

    def set(self, number, value):
        self.bytes[number * 2:number * 2 + 2] = (None, None) if value is None else (
            value & 0xff, value >> 8 & 0xff)

    def run(self, raw):
        """One instruction."""
        code = raw.lstrip(b"\x66\x67\x2e\x3e\x26")
        if not code:
            return
        op, modrm = code[0], code[1] if len(code) > 1 else 0
        is_registers, target, source = modrm >= 0xc0, modrm & 7, modrm >> 3 & 7
        if 0xb0 <= op <= 0xb7:
            self.set8(op & 7, modrm)
        elif 0xb8 <= op <= 0xbf:
            self.set(op & 7, int.from_bytes(code[1:3], "little"))
        elif op in (0x31, 0x33, 0x29, 0x2b) and is_registers:
            self.set(target if op in (0x31, 0x29) else source, 0 if target == source else None)
        elif op in (0x30, 0x32, 0x28, 0x2a) and is_registers:
            self.set8(target if op in (0x30, 0x28) else source, 0 if target == source else None)
        elif op == 0x8e and source < 4:
            self.segments[source] = self.get(target) if is_registers else None
        elif op == 0x8c and is_registers and source < 4:
            self.set(target, self.segments[source])
        elif op in (0x89, 0x8b) and is_registers:
            to, of = (target, source) if op == 0x89 else (source, target)
            self.set(to, self.get(of))
        elif op in (0x88, 0x8a) and is_registers:
            to, of = (target, source) if op == 0x88 else (source, target)
            self.set8(to, self.get8(of))
        elif op == 0x8a:
            self.set8(source, None)
        elif op == 0x8b:
            self.set(source, None)
        elif op == 0xea and len(code) == 5:
            self.segments[CS] = int.from_bytes(code[3:5], "little")
        elif op == 0xcd:
            self.set(AX, None)
        else:
            self._stack_or_count(op, code)

    def follow_stack(self, one, following):
        """SP after an instruction that pushes or pops, by what ran next; None if that does not tell."""
        code, sp = one.raw.lstrip(b"\x66\x67\x2e\x3e\x26"), self.get(SP)
        op, modrm = code[0] if code else 0x90, code[1] if len(code) > 1 else 0
        size = 4 if b"\x66" in one.raw[:len(one.raw) - len(code)] else 2
        if op in PUSHES or op == 0xff and modrm & 0x38 == 0x30:
            change = -size
        elif op in POPS or op == 0x8f:
            change = size
        elif op in (0x60, 0x61):
            change = 8 * size * (1 if op == 0x61 else -1)
        elif op in (0x83, 0x81) and modrm in (0xc4, 0xec):
            change = int.from_bytes(code[2:], "little", signed=True) * (1 if modrm == 0xc4 else -1)
        elif op == 0xe8:                        # a routine that ran before has no instructions here, and returned
            self.returns.append(one.end)
            change = -2 if following != one.end else 0
            if not change:
                self.returns.pop()
        elif op in (0xc8, 0xc9):
            change = None
        elif op == 0xc3:
            change = 2 if self.returns and self.returns.pop() == following else None
        else:
            return
        self.set(SP, None if sp is None or change is None else sp + change & 0xffff)

    def _stack_or_count(self, op, code):
        if 0x40 <= op <= 0x4f:
            value = self.get(op & 7)
            self.set(op & 7, None if value is None else value + (1 if op < 0x48 else -1))
        elif 0x50 <= op <= 0x57:
            self.stack.append(self.get(op & 7))
        elif op in (0x6a, 0x68):
            self.stack.append(int.from_bytes(code[1:], "little"))
        elif op in (0x06, 0x0e, 0x16, 0x1e):
            self.stack.append(self.segments[op >> 3])
        elif 0x58 <= op <= 0x5f:
            self.set(op & 7, self.stack.pop() if self.stack else None)
        elif op in (0x07, 0x17, 0x1f):
            self.segments[op >> 3] = self.stack.pop() if self.stack else None


def reads(blocks):
    """Every INT 13h AH=02h or 42h of the trail, in the order in which they first ran."""
    registers, found = Registers(), []
    code = [one for block in blocks for one in block.instructions]
    for number, one in enumerate(code):
        if one.raw == b"\xcd\x13" and registers.get8(4) in (0x02, 0x42):
            after = code[number + 1:number + 1 + SOON]
            found.append(Read(registers.get8(4), registers.get8(0), registers.segments[ES],
                              registers.get(BX), registers.get8(5), registers.get8(1),
                              registers.get8(6), registers.get8(2), _linear(registers, DS, SI), _linear(registers, SS, SP),
                              any(next_one.raw.startswith(CHECKS) for next_one in after)))
        registers.run(one.raw)
        registers.follow_stack(one, code[number + 1].address if number + 1 < len(code) else None)
    return found


def _linear(registers, segment, offset):
    offset, segment = registers.get(offset), registers.segments[segment]
    return None if offset is None or segment is None else segment * 16 + offset


def segments_at_the_end(blocks):
    """ES, CS, SS, DS after all of them."""
    registers = Registers()
    for block in blocks:
        for one in block.instructions:
            registers.run(one.raw)
    return registers.segments
