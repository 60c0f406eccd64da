"""What a machine looks like at an instant, by the debugger's modules: mode, control registers,
GDT, IDT, page tables and boot info.

GDB runs this file itself (`source`) to look at QEMU; test_same_as_qemu.py uses it for the PC of the
live page.
"""

import json
import os

from debugger import memmap
from firstlight import descriptors, paging

REGISTERS = ("cr0", "cr3", "cr4", "efer")
PAGE = 4096
ENTRY = 8


def mappings(cpu, read):
    """Every present entry of the page tables in force: {its address: [table, entry]}."""
    scheme = paging.scheme(cpu["cr0"], cpu["cr4"], cpu.get("efer"))
    found = {}

    def look(table, level):
        memory = read(table, PAGE)
        name, _, low = scheme.tables[level]
        for index in range(PAGE // ENTRY):
            entry = int.from_bytes(memory[index * ENTRY:][:ENTRY], "little")
            if not entry & paging.PRESENT:
                continue
            found[f"{table + index * ENTRY:X}h"] = [name, entry]
            if low > 12 and not entry & paging.LARGE:
                look(entry & paging.ADDRESS_BITS, level + 1)

    if scheme:
        look(cpu["cr3"] & paging.ADDRESS_BITS, 0)
    return found


def picture(cpu, read):
    """read(physical address, length) returns bytes."""
    def linear(address, length):
        walk = paging.walk(read, cpu["cr0"], cpu["cr3"], cpu["cr4"], cpu.get("efer"), address)
        return read(walk.physical, length)

    is_long = cpu.mode == "long64"
    gdt, idt = cpu.tables["gdt"], cpu.tables["idt"]
    info = memmap.boot_info(read)
    return {
        "mode": cpu.mode,
        **{name: f"{cpu.get(name):X}h" for name in REGISTERS},
        "gdt": descriptors.gdt_lines(linear(gdt[0], gdt[1] + 1), gdt[0], is_long),
        "idt": descriptors.idt_lines(linear(idt[0], idt[1] + 1), True) if is_long else [],
        "page tables": mappings(cpu, read),
        "boot info": info,
        "memory map": memmap.ranges(read(info["memory_map"], info["memory_map_entries"]
                                         * memmap.RANGE.size)) if info else [],
    }


def look_at_all_milestones(path):
    """In GDB: runs from one to the next, and writes {name: picture}."""
    import gdb
    from debugger import machine
    from debugger.commands.milestone import milestones
    seen = {}
    for name in milestones():
        gdb.execute(f"milestone {name}")
        seen[name] = picture(machine.cpu(), machine.read_physical)
    with open(path, "w", encoding="ascii") as out:
        json.dump(seen, out)


if "MILESTONE_PICTURES" in os.environ:
    look_at_all_milestones(os.environ["MILESTONE_PICTURES"])
