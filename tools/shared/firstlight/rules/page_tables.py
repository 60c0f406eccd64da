"""Rules about the entries of page tables: where they lead."""

from firstlight import paging
from firstlight.case import Finding

PAGE = 0x1000
NAMES = {"PML5": "top page table", "PML4": "top page table", "PDPT": "page-directory-pointer table", "PD": "page directory"}
MOST_SHIFT = 12             # bits by which a misplaced address is looked for


def _misplaced(case, parent, last, size, at):
    """The shift, and the table that the entry would lead to without it, if that one maps `at` to itself; or None."""
    for shift in range(1, MOST_SHIFT + 1):
        table = parent.entry >> shift & paging.ADDRESS_BITS
        entry = int.from_bytes(case.read_physical(table + last.index * size, size), "little")
        if table and entry & paging.PRESENT and entry & paging.ADDRESS_BITS == at & ~(PAGE - 1):
            return shift, table
    return None


def leads_to_no_table(case):
    """Paging was turned on or CR3 loaded, and an entry on the way to the running code leads to a page of zeros."""
    fault = case.raised(14)
    if not fault or fault.cpu["cr2"] != fault.cpu.pc or case.is_alive:
        return None
    c, walk = fault.cpu, case.walk(fault.cpu.pc, fault.cpu)
    if len(walk.steps) < 2 or walk.physical is not None:
        return None
    parent, last = walk.steps[-2:]
    table, size = last.address & ~(PAGE - 1), 8 if c.has("cr4", "PAE") else 4
    memory = case.read_physical(table, PAGE)
    if len(memory) == PAGE and memory.strip(b"\0"):
        return None
    found = _misplaced(case, parent, last, size, c.pc)
    where = f": the address is shifted left by {found[0]} too many, and the table is at {found[1]:X}h" if found else ""
    return Finding(f"Entry {parent.index} of the {NAMES[parent.table]} ({parent.table}), at {parent.address:X}h, is {parent.entry:X}h: it leads to {table:X}h, where there is no page table but only zeros{where}. So the running code "
                   f"at {c.pc:X}h is not mapped.",
                   "an entry holds the table's physical address in bits 12 and up and flags in bits 0 to 11: check how it is built "
                   "(bit fields that add up to its size, shifts), and that this table is filled.")
