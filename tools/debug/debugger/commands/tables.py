"""gdt, idt, sel, pt: the tables that the CPU reads."""

import gdb

from debugger import machine
from debugger.command import command, number, say
from firstlight import bits, descriptors, paging

LARGEST_GDT = 1024          # bytes shown: the BIOS leaves a limit of FFFFh at reset


def is_long(cpu):
    return cpu.has("efer", "LMA")


@command("gdt")
def gdt(_):
    """Shows the global descriptor table, one descriptor per line."""
    cpu = machine.cpu()
    base, limit = cpu.tables["gdt"]
    if limit < 7:
        say([f"The GDT at {base:X}h is empty (limit {limit:X}h): no segment can be loaded in "
             "protected mode."])
        return
    size = min(limit + 1, LARGEST_GDT)
    say([f"GDT at {base:X}h, limit {limit:X}h"
         + ("" if cpu.has("cr0", "PE") else "; real mode does not use it")]
        + descriptors.gdt_lines(machine.read_linear(base, size), base, is_long(cpu))
        + ([f"... and {limit + 1 - size} bytes more"] if size < limit + 1 else []))


@command("idt")
def idt(_):
    """Shows the interrupt descriptor table, or in real mode the interrupt vector table.

    One line per vector; neighbours that are empty or equal share a line."""
    cpu = machine.cpu()
    base, limit = cpu.tables["idt"]
    if not cpu.has("cr0", "PE"):
        say([f"Interrupt vector table (real mode) at {base:X}h, limit {limit:X}h"]
            + descriptors.ivt_lines(machine.read_linear(base, min(limit + 1, 1024))))
        return
    size = 16 if is_long(cpu) else 8
    if limit + 1 < size:
        say([f"The IDT at {base:X}h has the limit {limit:X}h: any interrupt or exception ends in a "
             "triple fault."])
        return
    memory = machine.read_linear(base, min(limit + 1, 256 * size))
    say([f"IDT at {base:X}h, limit {limit:X}h: {(limit + 1) // size} vectors of {size} bytes"]
        + descriptors.idt_lines(memory, is_long(cpu)))


@command("sel", gdb.COMPLETE_EXPRESSION)
def sel(words):
    """Decodes a selector bit by bit: sel N, or sel cs.

    sel 8       entry 1 of the GDT
    sel ds      what DS holds, and the hidden part of it in the CPU"""
    if len(words) != 1:
        raise gdb.GdbError("sel takes one selector: sel 8, sel cs.")
    cpu = machine.cpu()
    register = words[0].lower().removeprefix("$")
    cached = cpu.segments.get(register)
    selector = cached.selector if cached else number(words[0]) & 0xffff
    lines = []
    if cached:
        lines.append(f"{register.upper()} = {selector:04X}h; the CPU holds base {cached.base:X}h, "
                     f"limit {cached.limit:X}h, flags {cached.flags:08X}h")
    if cpu.mode in ("real16", "vm86"):
        name = "Real mode" if cpu.mode == "real16" else "Virtual-8086 mode"
        say(lines + [f"{name}: {selector:04X}h is a segment, not a selector; base "
                     f"{selector * 16:X}h."])
        return
    say(lines + [descriptors.selector_words(selector)] + _entry_lines(cpu, selector))


def _entry_lines(cpu, selector):
    if selector & ~3 == 0:
        return ["The null selector: loading it is allowed (but not into CS, nor into SS outside "
                "of 64-bit ring 0), using it raises #GP."]
    if selector & 4:
        base, limit = cpu.segments["ldt"].base, cpu.segments["ldt"].limit
    else:
        base, limit = cpu.tables["gdt"]
    at = selector & ~7
    if at + 7 > limit:
        return [f"It is beyond the table's limit ({limit:X}h): loading it raises #GP with error "
                f"code {selector & ~3:X}h."]
    memory = machine.read_linear(base + at, 8)
    raw = int.from_bytes(memory, "little")
    upper = 0
    if descriptors.is_wide_system(raw, is_long(cpu)) and at + 15 <= limit:
        upper = int.from_bytes(machine.read_linear(base + at + 8, 8), "little")
    entry = descriptors.segment(raw, upper)
    return [f"{raw:016X}  {entry.text}", f"base {entry.base:X}h, limit {entry.limit:X}h",
            *bits.explain("DESCRIPTOR", raw)]


@command("pt", gdb.COMPLETE_EXPRESSION)
def pt(words):
    """Shows the page walk for an address, with every level's bits: pt ADDR.

    ADDR is any expression: pt $pc, pt 0x100000, pt kernel_main"""
    if len(words) < 1:
        raise gdb.GdbError("pt takes an address: pt $pc.")
    cpu = machine.cpu()
    address = number(" ".join(words))
    registers = cpu["cr0"], cpu["cr3"], cpu["cr4"], cpu.get("efer")
    chosen = paging.scheme(registers[0], registers[2], registers[3])
    say(paging.lines(paging.walk(machine.read_physical, *registers, address), registers[1],
                     chosen.name if chosen else ""))
