"""Executes a few instructions of a stopped guest on paper: what would a loop do if a port said something else?

Knows what compilers and people use to test a value: moves, arithmetic, jumps, calls, IN.  Memory is the
guest's, and what the run stores is kept apart from it.  Whatever else comes ends the run.
"""

from firstlight.operand import NAMES, address, decode
from firstlight.trail import Instruction

MOST = 400                  # instructions of one run
SIGNED = {8: 1 << 7, 16: 1 << 15, 32: 1 << 31, 64: 1 << 63}
RDX, RSP, RBP = 2, 4, 5
SIXTEEN = ((3, 6), (3, 7), (5, 6), (5, 7), (6,), (7,), (5,), (3,))     # BX + SI and so on


class Stranger(Exception):
    """An instruction that is not known here."""


class Run:
    """A run from the place where the CPU is; `ports` has what IN finds there, by port."""

    def __init__(self, case, ports):
        self.case, self.cpu, self.ports = case, case.cpu, ports
        self.instructions = {one.address: one for block in case.trail for one in block.instructions}
        self.bits, self.mode = case.cpu.bits, case.cpu.mode
        self.registers = [case.cpu.get(name) for name in NAMES]
        self.base = case.cpu.pc - case.cpu["rip"]       # of the code segment
        self.pc = case.cpu.pc
        self.value, self.width, self.carry, self.overflow = 0, 8, False, False      # the flags, and what set them
        self.asked, self.read, self.stored = set(), set(), {}       # ports; addresses; bytes by address
        self.visited = []
        self.loops = False                              # whether it came to the same state again

    def __getitem__(self, name):                        # as operand.address() asks a CPU
        return self.registers[NAMES.index(name)] if name != "rip" else self.after - self.length

    def get(self, name, default=0):
        return self[name]

    def go(self):
        """Runs until the state repeats itself, or an instruction comes that never ran or is not known here."""
        seen = set()
        try:
            while len(self.visited) < MOST and not self.loops:
                self._execute(self._next())
                state = (self.pc, tuple(self.registers), tuple(self.stored.items()))
                self.loops = state in seen
                seen.add(state)
        except Stranger:
            pass
        return self

    def _next(self):
        """What the CPU would execute; of code that never ran only a jump, as its length is known."""
        one = self.instructions.get(self.pc)
        if one is None:
            raw = self.case.read_linear(self.pc, 5)
            if raw[:1] not in (b"\xeb", b"\xe9"):
                raise Stranger
            size = 2 if raw[0] == 0xeb else 3 if self.bits == 16 else 5
            return Instruction(self.pc, raw[:size], "jmp")
        self.visited.append(self.pc)
        return one

    # ---- operands

    def _register(self, number, width):
        if width == 8 and not self.d.rex and number in (4, 5, 6, 7):
            return self.registers[number - 4] >> 8 & 0xff
        return self.registers[number] & (1 << width) - 1

    def _set_register(self, number, width, value):
        value &= (1 << width) - 1
        if width == 8 and not self.d.rex and number in (4, 5, 6, 7):
            self.registers[number - 4] = self.registers[number - 4] & ~0xff00 | value << 8
        elif width >= 32:
            self.registers[number] = value
        else:
            self.registers[number] = self.registers[number] & ~((1 << width) - 1) | value

    def _place(self):
        """The linear address of ModRM's operand in memory."""
        if self.d.prefixes.strip(b"\x66\xf2\xf3\xf0"):
            raise Stranger
        if self.bits != 16:
            return self._linear("ds", address(self.d, self))
        mod, rm = self.d.modrm >> 6, self.d.modrm & 7
        size = 2 if (mod, rm) == (0, 6) else mod
        at = int.from_bytes(self.d.rest[1:1 + size], "little", signed=True)
        if (mod, rm) != (0, 6):
            at += sum(self.registers[number] for number in SIXTEEN[rm])
        segment = "ss" if mod and rm == 6 or rm in (2, 3) else "ds"
        return self._linear(segment, at & 0xffff)

    def _linear(self, segment, offset):
        return offset if self.bits == 64 else self.cpu.segments[segment].base + offset & 0xffffffff

    def load(self, at, width):
        memory = self.case.read_linear(at, width // 8)
        if len(memory) < width // 8:
            raise Stranger
        if not all(at + i in self.stored for i in range(width // 8)):
            self.read.add(at)
        return int.from_bytes(bytes(self.stored.get(at + i, byte) for i, byte in enumerate(memory)), "little")

    def store(self, at, width, value):
        for i in range(width // 8):
            self.stored[at + i] = value >> 8 * i & 0xff

    def _rm(self, width):
        if self.d.has_memory:
            return self.load(self._place(), width)
        return self._register(self.d.modrm & 7 | (self.d.rex & 1) << 3, width)

    def _set_rm(self, width, value):
        if self.d.has_memory:
            self.store(self._place(), width, value)
        else:
            self._set_register(self.d.modrm & 7 | (self.d.rex & 1) << 3, width, value)

    @property
    def _reg(self):
        return self.d.reg | (self.d.rex & 4) << 1

    def _immediate(self, size):
        return int.from_bytes(self.one.raw[-size:], "little", signed=True)

    # ---- arithmetic

    def _flags(self, value, width, carry=False, overflow=False):
        self.value, self.width, self.carry, self.overflow = value & (1 << width) - 1, width, carry, overflow
        return self.value

    def _arithmetic(self, kind, a, b, width):
        """The result of ADD, OR, ADC, SBB, AND, SUB, XOR, CMP (their number in the opcode)."""
        b &= (1 << width) - 1
        if kind in (1, 4, 6):
            return self._flags({1: a | b, 4: a & b, 6: a ^ b}[kind], width)
        if kind in (2, 3):
            raise Stranger
        value = a + b if kind == 0 else a - b
        sign = SIGNED[width]
        differs = (a ^ b) & sign
        overflow = bool((a ^ value) & sign) and bool(differs) == (kind != 0)
        return self._flags(value, width, not 0 <= value < 1 << width, overflow)

    def _condition(self, number):
        negative = bool(self.value & SIGNED[self.width])
        parity = bin(self.value & 0xff).count("1") % 2 == 0
        holds = (self.overflow, self.carry, not self.value, self.carry or not self.value, negative, parity,
                 negative != self.overflow, negative != self.overflow or not self.value)[number >> 1 & 7]
        return holds != bool(number & 1)

    # ---- the stack

    def _push(self, value):
        self.registers[RSP] -= self.bits // 8
        self.store(self._top(), self.bits, value)

    def _pop(self):
        value = self.load(self._top(), self.bits)
        self.registers[RSP] += self.bits // 8
        return value

    def _top(self):
        return self._linear("ss", self.registers[RSP])

    # ---- instructions

    def _execute(self, one):
        d = decode(one.raw, self.mode)
        self.one, self.d = one, d
        self.after, self.pc = one.end - self.base, one.end
        self.length = len(d.prefixes) + bool(d.rex) + len(d.opcode) + 5     # what address() adds for RIP-relative
        wide = 64 if d.rex & 8 else 16 if (b"\x66" in d.prefixes) != (self.bits == 16) else 32
        if len(d.opcode) == 1:
            self._one_byte(d.opcode[0], wide)
        elif len(d.opcode) == 2:
            self._two_bytes(d.opcode[1], wide)
        else:
            raise Stranger

    def _one_byte(self, op, wide):
        width = wide if op & 1 else 8
        size = min(wide, 32) // 8 if op & 1 else 1
        natural = 64 if self.bits == 64 else wide
        if op < 0x40 and op & 7 < 6:
            self._two_operands(op, width, size)
        elif 0x40 <= op < 0x50:                             # a REX prefix is not an opcode in 64-bit code
            carry, number = self.carry, op & 7
            self._set_register(number, wide, self._arithmetic(0 if op < 0x48 else 5, self._register(number, wide), 1, wide))
            self.carry = carry
        elif 0x50 <= op < 0x60 and natural == self.bits:
            number = op & 7 | (self.d.rex & 1) << 3
            if op < 0x58:
                self._push(self.registers[number])
            else:
                self._set_register(number, self.bits, self._pop())
        elif 0x70 <= op < 0x80 or op in (0xeb, 0xe9, 0xe8):
            self._jump(op)
        elif op in (0x80, 0x81, 0x83):
            value = self._arithmetic(self.d.reg, self._rm(width), self._immediate(size if op == 0x81 else 1), width)
            if self.d.reg != 7:
                self._set_rm(width, value)
        elif op in (0x84, 0x85):
            self._arithmetic(4, self._rm(width), self._register(self._reg, width), width)
        elif op in (0x88, 0x89):
            self._set_rm(width, self._register(self._reg, width))
        elif op in (0x8a, 0x8b):
            self._set_register(self._reg, width, self._rm(width))
        elif op == 0x8d and self.bits == 64:
            self._set_register(self._reg, wide, address(self.d, self))
        elif op == 0x63 and self.bits == 64:
            self._set_register(self._reg, wide, (self._rm(32) ^ SIGNED[32]) - SIGNED[32])
        elif op in (0x90, 0xf4):
            pass                                            # NOP, PAUSE; HLT, which any interrupt ends
        elif op == 0x98:
            half = wide // 2
            self._set_register(0, wide, (self._register(0, half) ^ SIGNED[half]) - SIGNED[half])
        elif 0xa0 <= op < 0xa4 and not self.d.prefixes.strip(b"\x66"):
            at = self.one.raw[len(self.d.prefixes) + bool(self.d.rex) + 1:]
            at = self._linear("ds", int.from_bytes(at, "little"))
            if op < 0xa2:
                self._set_register(0, width, self.load(at, width))
            else:
                self.store(at, width, self._register(0, width))
        elif op in (0xa8, 0xa9):
            self._arithmetic(4, self._register(0, width), self._immediate(size), width)
        elif 0xb0 <= op < 0xb8:
            self._set_register(op & 7 | (self.d.rex & 1) << 3, 8, self._immediate(1))
        elif 0xb8 <= op < 0xc0:
            self._set_register(op & 7 | (self.d.rex & 1) << 3, wide, self._immediate(wide // 8))
        elif op in (0xc0, 0xc1, 0xd0, 0xd1):
            self._shift(1 if op >= 0xd0 else self._immediate(1) & 31, width)
        elif op == 0xc3:
            self.pc = self._pop() + self.base
        elif op in (0xc6, 0xc7):
            self._set_rm(width, self._immediate(size))
        elif op == 0xc9:
            self.registers[RSP] = self.registers[RBP]
            self.registers[RBP] = self._pop()
        elif op in (0xe4, 0xe5, 0xec, 0xed):
            port = self.registers[RDX] & 0xffff if op & 8 else self._immediate(1) & 0xff
            self.asked.add(port)
            self._set_register(0, width, self.ports.get(port, 0))
        elif op in (0xf6, 0xf7) and self.d.reg in (0, 2):
            if self.d.reg == 0:
                self._arithmetic(4, self._rm(width), self._immediate(size), width)
            else:
                self._set_rm(width, ~self._rm(width))
        elif op in (0xfe, 0xff) and self.d.reg in (0, 1):
            carry = self.carry
            self._set_rm(width, self._arithmetic(5 * self.d.reg, self._rm(width), 1, width))
            self.carry = carry
        else:
            raise Stranger

    def _two_operands(self, op, width, size):
        kind, form = op >> 3, op & 7
        if form < 4:
            first, second = self._rm(width), self._register(self._reg, width)
            a, b = (first, second) if form < 2 else (second, first)
        else:
            a, b = self._register(0, width), self._immediate(size)
        value = self._arithmetic(kind, a, b, width)
        if kind == 7:
            return
        if form < 2:
            self._set_rm(width, value)
        else:
            self._set_register(0 if form > 3 else self._reg, width, value)

    def _jump(self, op):
        size = 1 if op < 0x80 or op == 0xeb else 2 if self.bits == 16 else 4
        if op == 0xe8:
            self._push(self.after)
        if op >= 0x80 or self._condition(op & 15):
            self.pc = self.one.end + self._immediate(size)

    def _shift(self, count, width):
        value = self._rm(width)
        if self.d.reg not in (4, 5, 7) or not count:
            raise Stranger
        if self.d.reg == 4:
            value, carry = value << count, value << count >> width & 1
        else:
            if self.d.reg == 7:
                value = (value ^ SIGNED[width]) - SIGNED[width]
            value, carry = value >> count, value >> count - 1 & 1
        self._set_rm(width, self._flags(value, width, bool(carry)))

    def _two_bytes(self, op, wide):
        if op in (0x1e, 0x1f):                              # ENDBR64, NOP
            return
        if 0x80 <= op < 0x90:
            if self._condition(op & 15):
                self.pc = self.one.end + self._immediate(2 if self.bits == 16 else 4)
        elif 0x90 <= op < 0xa0:
            self._set_rm(8, self._condition(op & 15))
        elif 0x40 <= op < 0x50:
            value = self._rm(wide)
            self._set_register(self._reg, wide, value if self._condition(op & 15) else self._register(self._reg, wide))
        elif op in (0xb6, 0xb7, 0xbe, 0xbf):
            width = 16 if op & 1 else 8
            value = self._rm(width)
            self._set_register(self._reg, wide, value if op < 0xb8 else (value ^ SIGNED[width]) - SIGNED[width])
        elif op == 0xba and self.d.reg == 4:                # BT with a constant
            self.carry = bool(self._rm(wide) >> (self._immediate(1) & wide - 1) & 1)
        elif op == 0xa3 and not self.d.has_memory:
            self.carry = bool(self._rm(wide) >> (self._register(self._reg, wide) & wide - 1) & 1)
        else:
            raise Stranger
