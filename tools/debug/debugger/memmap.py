"""Who owns which range of memory at this moment, judged by its content."""

from typing import NamedTuple

from firstlight.headers import constants, enumeration, structure

RANGE = structure("boot_info.h", "memory_range")
BOOT_INFO = structure("boot_info.h", "boot_info")
TYPE_WORDS = {
    "MEMORY_USABLE": "usable", "MEMORY_RESERVED": "reserved",
    "MEMORY_ACPI_RECLAIMABLE": "ACPI tables, reclaimable", "MEMORY_ACPI_NVS": "ACPI, to be kept",
    "MEMORY_BAD": "bad", "MEMORY_LOADER": "loader, reclaimable", "MEMORY_KERNEL": "kernel",
}


class Owner(NamedTuple):
    start: int
    end: int                # the address after it
    name: str
    state: str              # its current content


def type_words(number):
    for name, value in enumeration("boot_info.h", "memory_type").items():
        if value == number:
            return TYPE_WORDS[name]
    return f"unknown type {number}"


def boot_info(read):
    """The boot info's fields, or None if it has not been written yet."""
    numbers = constants()
    fields = BOOT_INFO.unpack(read(numbers["BOOT_INFO_ADDRESS"], BOOT_INFO.size))
    return fields if fields["magic"] == numbers["BOOT_INFO_MAGIC"] else None


def ranges(memory):
    """The entries of a memory map, up to the first empty one."""
    found = []
    for at in range(0, len(memory) - RANGE.size + 1, RANGE.size):
        entry = RANGE.unpack(memory, at)
        if not entry["length"]:
            break
        found.append(entry)
    return found


def range_lines(entries):
    return [f"{entry['base']:016X} - {entry['base'] + entry['length'] - 1:016X}  "
            f"{_amount(entry['length']):>12}  {entry['type']:>4}  {type_words(entry['type'])}"
            for entry in entries]


def _amount(length):
    for shift, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if length >= 1 << shift:
            return f"{length / (1 << shift):.6g} {unit}"
    return f"{length} bytes"


def owners(cpu, read):
    """The ranges of the layout, with their state; read(address, length) is physical."""
    n = constants()

    def word(address, size=4):
        return int.from_bytes(read(address, size), "little")

    info = boot_info(read)
    ebda = word(0x40e, 2) * 16
    recorder = word(n["RECORDER_ADDRESS"]) == n["RECORDER_MAGIC"]
    stage2 = word(n["STAGE2_HEADER"]) == n["STAGE2_MAGIC"]
    mbr = word(n["MBR_ADDRESS"] + n["MBR_MAGIC_OFFSET"], 2) == 0xaa55
    stamps = word(n["RECORDER_ADDRESS"] + 4) if recorder else 0
    tables = cpu["cr3"] == n["PAGE_TABLES_ADDRESS"]
    kernel = ((info["kernel_address"], info["kernel_bytes"]) if info
              else (n["KERNEL_LOAD_ADDRESS"], n["SECTOR_SIZE"]))
    page = n["PAGE_TABLES_ADDRESS"] + n["PAGE_TABLES_PAGES"] * 4096
    map_end = n["MEMORY_MAP_ADDRESS"] + n["MEMORY_MAP_MAX"] * RANGE.size
    found = [
        Owner(0, n["BDA_ADDRESS"], "interrupt vector table", "the BIOS's"),
        Owner(n["BDA_ADDRESS"], 0x500, "BIOS data area",
              f"EBDA at {ebda:X}h" if ebda else "no EBDA"),
        Owner(n["RECORDER_ADDRESS"], n["RECORDER_ADDRESS"] + n["RECORDER_SIZE"], "flight recorder",
              f"{stamps} milestones" if recorder else "not started"),
        Owner(n["BOOT_INFO_ADDRESS"], n["BOOT_INFO_ADDRESS"] + BOOT_INFO.size, "boot info",
              "filled in" if info else "not written yet"),
        Owner(n["MEMORY_MAP_ADDRESS"], map_end, "memory map",
              f"{info['memory_map_entries']} ranges" if info else
              f"{len(ranges(read(n['MEMORY_MAP_ADDRESS'], 64 * RANGE.size)))} ranges so far"),
        Owner(n["STACK_BOTTOM"], n["STACK_TOP"], "the loader's stack", _stack_state(cpu, n)),
        Owner(n["MBR_ADDRESS"], n["MBR_ADDRESS"] + n["SECTOR_SIZE"], "MBR",
              "loaded" if mbr else "not loaded yet"),
        Owner(n["STAGE2_HEADER"], n["STAGE2_END"], "stage 2: header, code, data",
              f"{word(n['STAGE2_HEADER'] + 4)} sectors loaded" if stage2 else "not loaded yet"),
        Owner(n["PAGE_TABLES_ADDRESS"], page, "page tables",
              "in use: CR3 points here" if tables else "not in use"),
        Owner(n["BSS_ADDRESS"], n["BSS_END"], "stage 2: .bss", ""),
        Owner(n["STUDENT_ADDRESS"], n["STUDENT_END"], "set aside for a student's own code", ""),
        Owner(n["BOUNCE_ADDRESS"], n["SCRATCH_ADDRESS"], "bounce buffer of the disk", ""),
        Owner(n["SCRATCH_ADDRESS"], n["SCRATCH_END"], "scratch: the firmware's raw memory map", ""),
        Owner(n["VGA_TEXT_ADDRESS"], n["VGA_TEXT_ADDRESS"] + 0x8000, "VGA text screen", ""),
        Owner(0xc0000, 0xe0000, "option ROMs", ""),
        Owner(0xe0000, 0x100000, "BIOS", ""),
        Owner(kernel[0], kernel[0] + kernel[1], "kernel" if info else "kernel's load address",
              "loaded" if info else "something is here" if word(kernel[0], 8)
              else "nothing here yet"),
    ]
    if ebda >= 0x80000:
        found.append(Owner(ebda, 0xa0000, "extended BIOS data area", "the BIOS's"))
    return sorted(found)


def _stack_state(cpu, n):
    if n["STACK_BOTTOM"] < cpu.stack <= n["STACK_TOP"]:
        return f"{n['STACK_TOP'] - cpu.stack} bytes in use"
    return "not in use"


def physical_of(cpu, address):
    """Linear to physical for marks: the two mappings of loader and kernel, or the identity."""
    base = constants()["KERNEL_BASE"]
    return address - base if address >= base else address


def owner_lines(cpu, read):
    marks = {"the next instruction": physical_of(cpu, cpu.pc),
             "the stack's top": physical_of(cpu, cpu.stack)}
    lines = []
    for owner in owners(cpu, read):
        here = [name for name, at in marks.items() if owner.start <= at < owner.end]
        note = "; ".join(part for part in (owner.state, " and ".join(here)) if part)
        lines.append(f"{owner.start:08X} - {owner.end - 1:08X}  {owner.name:<38} {note}".rstrip())
    return lines
