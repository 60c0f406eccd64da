"""xi: the next instructions in the CPU's actual mode; and the same for GDB's own x/i."""

import gdb
import gdb.disassembler

from debugger import machine
from debugger.command import command, number, say

WINDOW = 0x100              # bytes from $pc on that GDB addresses by offsets into CS


def disassemble(address, count=1):
    """[{addr, length, asm}] at a linear address, in the current mode."""
    return gdb.selected_inferior().architecture().disassemble(address, count=count)


@command("xi", gdb.COMPLETE_EXPRESSION)
def xi(words):
    """Disassembles in the CPU's actual mode, even BIOS code: xi [COUNT [ADDR]].

    xi              8 instructions from CS:IP on
    xi 20           20 of them
    xi 5 0x7c00     5 from a linear address on"""
    cpu = machine.cpu()
    count = number(words[0]) if words else 8
    start = number(words[1]) if len(words) > 1 else cpu.pc
    lines, last = [], None
    for step in disassemble(start, count):
        address, length = step["addr"], step["length"]
        source = machine.source_line(address)
        if source != last:
            lines.append(f"   {machine.symbol(address) or '?'}, {source}" if source
                         else "   no source")
            last = source
        raw = machine.read_linear(address, length).hex()
        mark = "=>" if address == cpu.pc else "  "
        lines.append(f"{mark} {_label(cpu, address)}  {raw:<20} {step['asm'].strip()}")
    say([f"{cpu.bits}-bit code", *lines])


def _label(cpu, address):
    if cpu.bits == 64:
        return f"{address:016X}"
    if cpu.bits == 32:
        return f"{address:08X}"
    return f"{cpu.cs.selector:04X}:{address - cpu.cs.base & 0xffff:04X}"


class Shifted(gdb.disassembler.DisassembleInfo):
    """Reads the code at CS's base: $pc is only an offset."""

    def __init__(self, info, base):
        super().__init__(info)
        self._base = base

    def read_memory(self, length, offset=0):
        return gdb.selected_inferior().read_memory(self.address + offset + self._base, length)


class SegmentAware(gdb.disassembler.Disassembler):
    """x/i $pc in 16-bit code outside segment 0, such as the BIOS's."""

    def __init__(self):
        super().__init__("firstlight")

    def __call__(self, info):
        if not machine.is_connected():
            return None
        cpu = machine.cpu()
        if cpu.bits == 64 or not cpu.cs.base or not 0 <= info.address - cpu["rip"] < WINDOW:
            return None
        return gdb.disassembler.builtin_disassemble(Shifted(info, cpu.cs.base))


gdb.disassembler.register_disassembler(SegmentAware(), None)
