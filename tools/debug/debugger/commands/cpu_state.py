"""mode, regs, a20: the state of the CPU."""

import gdb

from debugger import machine
from debugger.command import command, say
from firstlight import bits
from firstlight.cpu import EXTENDED, GENERAL, MEANING, SEGMENTS


@command("mode")
def mode(_):
    """Shows the CPU's actual mode.

    Shows the mode, CS:IP and the linear address, and the bits that determine the mode: CR0,
    CR4, EFER, the size of the code segment, A20."""
    cpu = machine.cpu()
    say([f"{cpu.mode}: {MEANING[cpu.mode]}",
         f"  CS:IP  {cpu.where()}  {machine.place(cpu.pc)}".rstrip(),
         f"  CR0    {cpu['cr0']:08X}  {bits.names('CR0', cpu['cr0'])}",
         f"  CR4    {cpu['cr4']:08X}  {bits.names('CR4', cpu['cr4'])}",
         f"  EFER   {cpu.get('efer'):08X}  {bits.names('EFER', cpu.get('efer'))}",
         f"  CS     base {cpu.cs.base:X}h, limit {cpu.cs.limit:X}h, L = {cpu.cs.is_64bit:d}, D = "
         f"{cpu.cs.is_32bit:d}",
         f"  A20    {'on' if cpu.get('a20', 1) else 'off: each odd megabyte is the even one below it'}"])


@command("regs")
def regs(words):
    """Shows all registers in the width of the mode, with the hidden parts of the segments.

    regs        general, segment, table and control registers, flags in words
    regs CR0    one of CR0, CR4, EFER, RFLAGS, with each bit explained"""
    cpu = machine.cpu()
    if words:
        name = words[0].upper().replace("EFLAGS", "RFLAGS")
        if not bits.bits_of(name) or name.lower() not in cpu.values:
            raise gdb.GdbError("regs explains CR0, CR4, EFER and RFLAGS.")
        say([f"{name} = {cpu[name.lower()]:X}h", *bits.explain(name, cpu[name.lower()])])
        return
    names = GENERAL + (EXTENDED if cpu.bits == 64 else ()) + ("rip",)
    width = 16 if cpu.bits == 64 else 8
    cells = [f"{name:<4}{value:0{width}X}" for name, value in map(cpu.named, names)]
    per_row = 3 if cpu.bits == 64 else 4
    lines = ["  ".join(cells[start:start + per_row]) for start in range(0, len(cells), per_row)]
    lines.append(f"flags {cpu['rflags']:08X}  {bits.names('RFLAGS', cpu['rflags'])}")
    for name in SEGMENTS:
        part = cpu.segments[name]
        lines.append(f"{name}  {part.selector:04X}  base {part.base:08X}  limit {part.limit:08X}")
    lines += [f"{name}r base {base:08X}  limit {limit:04X}"
              for name, (base, limit) in cpu.tables.items()]
    lines += [f"{name:<5}{cpu.get(name):08X}" + (f"  {bits.names(name.upper(), cpu.get(name))}"
                                                 if bits.bits_of(name.upper()) else "")
              for name in ("cr0", "cr2", "cr3", "cr4", "efer")]
    say(lines)


@command("a20")
def a20(_):
    """Shows whether address line 20 is on, and what port 92h reads.

    With A20 off the CPU cannot set bit 20 of an address, and 100000h is 000000h."""
    is_on = machine.cpu().get("a20", 1)
    port = machine.read_port(0x92)
    say(["A20 is on: addresses above 1 MiB are used unchanged." if is_on else
         "A20 is OFF: bit 20 of every address reads as 0, so that 100000h is 0h and every odd "
         "megabyte is the even one below it.",
         f"Port 92h reads {port:02X}h: its fast gate (bit 1) is "
         f"{'open' if port & 2 else 'closed'}."])
