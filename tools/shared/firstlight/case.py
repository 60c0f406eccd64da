"""What a diagnosis is made from: a machine that stopped, the image, and how it came there."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from firstlight import departure, descriptors, headers, paging, trail
from firstlight.headers import constants

SECTOR = constants()["SECTOR_SIZE"]


class Finding(NamedTuple):
    cause: str              # sentences
    advice: str
    kind: str = ""          # "boot_sector.no_org": the rule that found it, for programs


class Kernel(NamedTuple):
    """The header of the kernel that Firstlight's loader entered."""
    load: int
    entry: int
    file_bytes: int
    memory_bytes: int
    lba: int                # of the header

    def physical(self, address):
        """The address in the identity mapping, whichever of the two it is in."""
        base = constants()["KERNEL_BASE"]
        return address - base if address >= base else address

    def holds(self, address):
        return self.load <= self.physical(address) < self.load + self.memory_bytes


@dataclass
class Case:
    cpu: object             # Cpu at the end, or where the first exception was raised
    chain: list             # of exception_log.Raised
    read_physical: object   # (address, length) -> bytes
    sector: object          # (LBA) -> bytes of the image, or b""
    section: object         # (address) -> "code", "data" or "" from symbols
    trail: list = field(default_factory=list)       # of trail.Block; empty in the debugger
    handled: list = field(default_factory=list)     # of Raised: all that the log contains
    kernel: Kernel = None   # None if the loader entered none
    pics: list = field(default_factory=list)        # of Pic, the first one first
    is_alive: bool = False  # it neither reset nor ran astray: it halts, waits or loops
    describe: object = lambda address: ""           # symbols: (address) -> "main+4, tests/x.asm:12"
    places: frozenset = frozenset()                 # where samples of a CPU that lives found it
    constructors: tuple = ()                        # addresses in .init_array, from symbols
    read_port: object = lambda port: None           # what IN finds at a port; None if it cannot be known

    @cached_property
    def away(self):
        """Where the boot left its code, or None."""
        return departure.find(self.trail, lambda address: self.original(address, 8)
                              or original_bytes(self.sector, address))

    @cached_property
    def own_blocks(self):
        """The trail from the kernel's entry on; empty if none was entered."""
        start = next((number for number, block in enumerate(self.trail)
                      if block.start == self.kernel.entry), None) if self.kernel else None
        return self.trail[start:] if start is not None else []

    @property
    def is_foreign(self):
        """A boot that is not ours, or that our loader has not handed on."""
        return bool(self.trail) and self.kernel is None

    def original(self, address, length):
        """What the image has for an address inside the kernel's file; b"" elsewhere."""
        if not self.kernel:
            return b""
        offset = self.kernel.physical(address) - self.kernel.load
        if not 0 <= offset < self.kernel.file_bytes:
            return b""
        length = min(length, self.kernel.file_bytes - offset)
        first = self.kernel.lba + 1 + offset // SECTOR
        count = (offset % SECTOR + length + SECTOR - 1) // SECTOR
        data = b"".join(self.sector(first + number) for number in range(count))
        return data[offset % SECTOR:offset % SECTOR + length]

    def walk(self, address, cpu=None):
        c = cpu or self.cpu
        return paging.walk(self.read_physical, c["cr0"], c["cr3"], c["cr4"], c.get("efer"), address)

    def read_linear(self, address, length):
        walk = self.walk(address)
        return self.read_physical(walk.physical, length) if walk.physical is not None else b""

    def read_number(self, address, size=8):
        """A number in memory; None if it is not mapped."""
        memory = self.read_linear(address, size)
        return int.from_bytes(memory, "little") if len(memory) == size else None

    def raised(self, vector):
        return next((link for link in self.chain if link.vector == vector and link.cpu), None)

    @property
    def first(self):
        """The exception or interrupt that began it, if its CPU is known."""
        return self.chain[0] if self.chain and self.chain[0].cpu else None

    @property
    def code(self):
        """The bytes at the CPU's place."""
        return self.read_linear(self.cpu.pc, 16)

    def gdt_entry(self, selector):
        """The descriptor of a selector, or None beyond the GDT's limit."""
        base, limit = self.cpu.tables["gdt"]
        at = selector & ~7
        if at + 7 > limit:
            return None
        memory = self.read_linear(base + at, 8)
        return descriptors.segment(int.from_bytes(memory, "little")) if len(memory) == 8 else None

    def gate(self, vector):
        """The gate of a vector in protected or long mode; None beyond the IDT's limit."""
        base, limit = self.cpu.tables["idt"]
        size = 16 if self.cpu.has("efer", "LMA") else 8
        if limit < (vector + 1) * size - 1:
            return None
        entry = self.read_linear(base + vector * size, size)
        return descriptors.gate(entry) if len(entry) == size else None

    def name(self, address):
        """"100010h (main+4, tests/x.asm:12)"."""
        words = self.describe(address)
        return f"{address:X}h" + (f" ({words})" if words else "")

    def is_loaded(self, address):
        """Whether the boot put code there: the kernel, the boot sector or what it has run through."""
        if self.kernel and self.kernel.holds(address):
            return True
        mbr = constants()["MBR_ADDRESS"]
        return mbr <= address < mbr + SECTOR or trail.is_firmware(address)


def original_bytes(sector, address, length=8):
    """What the boot sector has for an address; b"" outside of it."""
    offset = address - constants()["MBR_ADDRESS"]
    return sector(0)[offset:offset + length] if 0 <= offset < SECTOR else b""


class Pic(NamedTuple):
    """One interrupt controller, as the monitor's "info pic" shows it."""
    requested: int
    masked: int
    in_service: int
    first_vector: int


def pics(text):
    found = {}
    for name, *numbers in re.findall(r"^(pic\d): irr=(\w+) imr=(\w+) isr=(\w+) \S+ irq_base=(\w+)",
                                     text, re.M):
        found[name] = Pic(*(int(number, 16) for number in numbers))
    return [found[name] for name in sorted(found)]


def kernel_in(sector):
    """The kernel's header from the active partition of a Firstlight image; None if there is none.

    `sector` is a function: (LBA) -> bytes."""
    n, mbr = constants(), sector(0)
    if len(mbr) < SECTOR or int.from_bytes(sector(n["STAGE2_LBA"])[:4], "little") != n["STAGE2_MAGIC"]:
        return None
    for number in range(4):
        entry = mbr[n["MBR_TABLE_OFFSET"] + 16 * number:][:16]
        if entry[0] == 0x80 and entry[4] == n["KERNEL_PARTITION_TYPE"]:
            lba = int.from_bytes(entry[8:12], "little")
            data = sector(lba)
            if data[:8] == b"FLKERNEL":
                f = headers.structure("image_headers.h", "kernel_header").unpack(data)
                return Kernel(f["load_address"], f["entry"], f["file_bytes"], f["memory_bytes"], lba)
    return None
