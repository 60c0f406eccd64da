"""e820, memmap, bootinfo: who owns which memory."""

from debugger import machine, memmap
from debugger.command import command, say
from firstlight.headers import constants

ENTRIES_READ = 64           # of a list whose length is not known yet


@command("e820")
def e820(_):
    """The memory map: the firmware's own list (INT 15h E820h) and the one that stage 2 made from it.

    The loader collects both at its milestone MEMORY_MAP; the first is in scratch memory and
    is lost when that is reused."""
    numbers = constants()
    info = memmap.boot_info(machine.read_physical)
    count = info["memory_map_entries"] if info else ENTRIES_READ
    room = count * memmap.RANGE.size
    raw = _plausible(memmap.ranges(machine.read_physical(
        numbers["SCRATCH_ADDRESS"], ENTRIES_READ * memmap.RANGE.size)))
    made = _plausible(memmap.ranges(machine.read_physical(numbers["MEMORY_MAP_ADDRESS"], room)))
    if not made:
        say(["There is no memory map yet; `milestone MEMORY_MAP` runs until there is one."])
        return
    lines = []
    if raw:
        lines += ["What the firmware reported, then what stage 2 added:",
                  *memmap.range_lines(raw)]
    say(lines + ["The map that stage 2 made from it (sorted, disjoint):",
                 *memmap.range_lines(made)])


def _plausible(entries):
    """Uninitialised memory is not a map: only small types and our own are valid."""
    known = [entry for entry in entries
             if entry["type"]
             and (entry["type"] < 16 or "unknown" not in memmap.type_words(entry["type"]))]
    return known if len(known) == len(entries) else []


@command("memmap")
def memory_map(_):
    """Shows who owns which range of memory at this moment.

    Shows the loader's layout (include/layout.h) with its current content, and marks the
    lines with the next instruction and the top of the stack."""
    cpu = machine.cpu()
    say(memmap.owner_lines(cpu, machine.read_physical))


@command("bootinfo")
def bootinfo(_):
    """Shows what the loader passes to the kernel: struct boot_info of include/boot_info.h."""
    numbers = constants()
    address = numbers["BOOT_INFO_ADDRESS"]
    fields = memmap.BOOT_INFO.unpack(machine.read_physical(address, memmap.BOOT_INFO.size))
    if fields["magic"] != numbers["BOOT_INFO_MAGIC"]:
        say([f"There is no boot info at {address:X}h yet: stage 2 writes it last, after the "
             "milestone LONG_MODE."])
        return
    features = [name.removeprefix("CPU_FEATURE_") for name, bit in numbers.items()
                if name.startswith("CPU_FEATURE_") and fields["cpu_features"] & bit]
    notes = {"magic": "right", "cpu_features": " ".join(features) or "none",
             "boot_drive": "a hard disk" if fields["boot_drive"] >= 0x80 else "a floppy drive"}
    if fields["size"] != memmap.BOOT_INFO.size:
        notes["size"] = f"but include/boot_info.h says {memmap.BOOT_INFO.size}"
    say([f"Boot info at {address:X}h"]
        + [f"  {name:<20} {value:X}h = {value}" + (f"  ({notes[name]})" if name in notes else "")
           for name, value in fields.items()])
