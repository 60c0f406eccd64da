"""The page walk, as the CPU does it.

Intel SDM 3A 4.3 (32-bit), 4.4 (PAE), 4.5 (4-level and 5-level); AMD APM 2, 5.
"""

from typing import NamedTuple

from firstlight import bits

ADDRESS_BITS = 0x000ffffffffff000
NX = bits.mask("PAGE", "NX")
PRESENT = bits.mask("PAGE", "P")
LARGE = bits.mask("PAGE", "PS")


class Step(NamedTuple):
    table: str              # PML4, PDPT, ...
    index: int
    address: int            # of the entry, physical
    entry: int

    @property
    def text(self):
        return (f"{self.table:<5}[{self.index:3}] at {self.address:X}h: {self.entry:016X}  "
                f"{bits.names('PAGE', self.entry & (0x1ff | NX))}")


class Walk(NamedTuple):
    steps: list
    physical: int           # None if the address is not mapped
    page_size: int
    verdict: str            # one sentence


class Scheme(NamedTuple):
    name: str
    tables: tuple           # (name, index bits, lowest address bit), top first
    entry_bytes: int


LEVELS = (("PML5", 9, 48), ("PML4", 9, 39), ("PDPT", 9, 30), ("PD", 9, 21), ("PT", 9, 12))


def scheme(cr0, cr4, efer):
    """The kind of paging that these registers select; None if it is off."""
    if not cr0 & bits.mask("CR0", "PG"):
        return None
    if efer & bits.mask("EFER", "LMA"):
        if cr4 & bits.mask("CR4", "LA57"):
            return Scheme("5-level", LEVELS, 8)
        return Scheme("4-level", LEVELS[1:], 8)
    if cr4 & bits.mask("CR4", "PAE"):
        return Scheme("PAE", (("PDPT", 2, 30),) + LEVELS[3:], 8)
    return Scheme("32-bit", (("PD", 10, 22), ("PT", 10, 12)), 4)


def walk(read_physical, cr0, cr3, cr4, efer, address):
    """read_physical(address, length) returns bytes."""
    chosen = scheme(cr0, cr4, efer)
    if chosen is None:
        return Walk([], address, 0,
                    f"Paging is off (CR0.PG = 0): {address:X}h is physical {address:X}h.")
    if chosen.entry_bytes == 8 and "level" in chosen.name and not _is_canonical(address, chosen):
        return Walk([], None, 0, f"{address:X}h is not canonical: its upper bits must repeat bit "
                    f"{chosen.tables[0][2] + 8}. Touching it raises #GP.")
    steps, rights = [], PRESENT | bits.mask("PAGE", "RW") | bits.mask("PAGE", "US")
    table, no_execute = cr3 & (~31 if chosen.name == "PAE" else ~0xfff) & (ADDRESS_BITS | 0xfe0), 0
    for name, index_bits, low in chosen.tables:
        index = address >> low & ((1 << index_bits) - 1)
        at = table + index * chosen.entry_bytes
        entry = int.from_bytes(read_physical(at, chosen.entry_bytes), "little")
        steps.append(Step(name, index, at, entry))
        if not entry & PRESENT:
            return Walk(steps, None, 0,
                        f"{address:X}h is not mapped: {name}[{index}] is not present. Touching it "
                        "raises #PF.")
        if chosen.name != "PAE" or name != "PDPT":      # PAE's four entries have no such bits
            rights &= entry | ~0x6
        no_execute |= entry & NX
        if _is_page(name, low, entry, cr4, chosen):
            size = 1 << low
            base = entry & ADDRESS_BITS & ~(size - 1)
            return Walk(steps, base | address & size - 1, size,
                        _verdict(address, base | address & size - 1, size, rights, no_execute,
                                 efer))
        table = entry & ADDRESS_BITS
    raise AssertionError("every scheme ends with a page")


def _is_page(name, low, entry, cr4, chosen):
    if name == "PT":
        return True
    if chosen.entry_bytes == 4:
        return bool(entry & LARGE and cr4 & bits.mask("CR4", "PSE"))
    return bool(entry & LARGE) and (name == "PD" or name == "PDPT" and chosen.name != "PAE")


def _is_canonical(address, chosen):
    top = chosen.tables[0][2] + 8
    return address >> top in (0, (1 << 64 - top) - 1)


def _verdict(address, physical, size, rights, no_execute, efer):
    can = ["readable", "writable" if rights & bits.mask("PAGE", "RW") else "read-only",
           "not executable" if no_execute else "executable",
           "also for user code" if rights & bits.mask("PAGE", "US") else "for the kernel only"]
    unit = (f"{size >> 30} GiB" if size >> 30 else f"{size >> 20} MiB" if size >> 20
            else f"{size >> 10} KiB")
    text = f"{address:X}h is physical {physical:X}h, in a page of {unit}: {', '.join(can)}."
    if no_execute and not efer & bits.mask("EFER", "NXE"):
        text += (" But EFER.NXE is 0: bit 63 (NX) is then a reserved bit, and every access raises "
                 "#PF.")
    return text


def lines(result, cr3, name):
    head = [f"CR3 = {cr3:X}h, {name} paging"] if name else []
    return head + [step.text for step in result.steps] + [result.verdict]
