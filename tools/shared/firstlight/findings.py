"""What is wrong with a machine that stopped: rules about its CPU, its memory and its exceptions.

Each rule examines a Case and returns a Finding or None.  Rules that are certain come before
those that only suspect.
"""

from typing import NamedTuple

from firstlight import bits, descriptors, paging
from firstlight.headers import constants


class Case(NamedTuple):
    cpu: object             # Cpu at the end, or where the first exception was raised
    chain: list             # of exception_log.Raised
    read_physical: object   # (address, length) -> bytes
    sector: object          # (LBA) -> bytes of the image, or b""
    section: object         # (address) -> "code", "data" or "" from symbols

    def read_linear(self, address, length):
        c = self.cpu
        walk = paging.walk(self.read_physical, c["cr0"], c["cr3"], c["cr4"], c.get("efer"), address)
        return self.read_physical(walk.physical, length) if walk.physical is not None else b""

    def raised(self, vector):
        return next((link for link in self.chain if link.vector == vector and link.cpu), None)


class Finding(NamedTuple):
    cause: str              # sentences
    advice: str


def _gdt_entry(case, selector):
    base, limit = case.cpu.tables["gdt"]
    at = selector & ~7
    if at + 7 > limit:
        return None
    memory = case.read_linear(base + at, 8)
    return descriptors.segment(int.from_bytes(memory, "little")) if len(memory) == 8 else None


def reserved_bit(case):
    fault = case.raised(14)
    if not fault or not fault.error & bits.mask("PAGE_FAULT", "RSVD"):
        return None
    c = fault.cpu
    walk = paging.walk(case.read_physical, c["cr0"], c["cr3"], c["cr4"], c.get("efer"), c["cr2"])
    with_nx = next((step for step in walk.steps if step.entry & paging.NX), None)
    if with_nx and not c.has("efer", "NXE"):
        return Finding(f"{with_nx.table}[{with_nx.index}] has bit 63 (NX) set, but EFER.NXE is 0, "
                       "which makes NX a reserved bit.",
                       "set EFER.NXE (bit 11) before paging, if CPUID 80000001h EDX bit 20 says "
                       "that the CPU has NX, or leave bit 63 alone.")
    return Finding("A reserved bit is set in a page-table entry on the way to "
                   f"{c['cr2']:X}h.", "look at each level: `pt` in make debug shows them.")


def bad_stack_of_gate(case):
    """The first exception's gate has an IST that is not a usable stack."""
    if not case.chain or not case.chain[0].cpu:
        return None
    first, c = case.chain[0], case.chain[0].cpu
    base, limit = c.tables["idt"]
    if c.mode != "long64" or first.vector * 16 + 15 > limit:
        return None
    entry = case.read_linear(base + first.vector * 16, 16)
    if len(entry) < 16 or not descriptors.gate(entry).ist:
        return None
    ist = descriptors.gate(entry).ist
    if not descriptors.gate(entry).present or descriptors.gate(entry).kind not in (14, 15):
        return None
    stack = int.from_bytes(case.read_linear(c.segments["tr"].base + 28 + 8 * ist, 8), "little")
    walk = paging.walk(case.read_physical, c["cr0"], c["cr3"], c["cr4"], c.get("efer"),
                       stack - 8 & 0xffffffffffffffff)
    if walk.physical is not None and stack:
        return None
    return Finding(f"The IDT's gate of vector {first.vector:02X}h selects the stack IST{ist}, but "
                   f"the TSS holds {stack:X}h there, which cannot be a stack.",
                   f"put the top of a mapped stack into IST{ist} of the TSS, or 0 into the gate's "
                   "IST.")


def empty_idt(case):
    """The first vector that had to be delivered has no gate in the IDT."""
    if not case.chain or not case.chain[0].cpu:
        return None
    first, c = case.chain[0], case.chain[0].cpu
    base, limit = c.tables["idt"]
    size = 16 if c.has("efer", "LMA") else 8
    vector = first.gate if first.gate is not None else first.vector
    was_wanted = first.gate is not None or first.source != "exception"
    if not was_wanted or limit >= (vector + 1) * size - 1:
        return None
    room = "it has no room for any gate" if limit + 1 < size else (
        f"it ends after {(limit + 1) // size} gates")
    return Finding(f"The IDT's limit is {limit:X}h: {room}, and vector {vector:02X}h "
                   f"({descriptors.vector_name(vector)}) has no gate.",
                   "fill the IDT and load it (LIDT) before the first interrupt, INT or exception; "
                   "the limit is the table's size minus 1.")


def bad_selector(case):
    fault = next((case.raised(vector) for vector in (13, 11, 12, 10) if case.raised(vector)), None)
    if not fault or not fault.error & ~3 or fault.gate is not None:
        return None
    selector, entry = fault.error & ~3, _gdt_entry(case, fault.error)
    if entry is None:
        return Finding(f"Selector {selector:X}h lies beyond the GDT's limit "
                       f"({case.cpu.tables['gdt'][1]:X}h).",
                       "check GDTR's limit (size minus 1) and the selector.")
    code = case.read_linear(fault.cpu.pc, 8)
    into_cs = code[:1] in (b"\xea", b"\xcb", b"\xcf", b"\x9a")
    wrong = "is not present" if not entry.has("P") else "does not fit" if not into_cs else (
        "is not a code segment" if not entry.has("X") or not entry.has("S") else
        "has L and D both set" if entry.has("L") and entry.has("DB") else "does not fit")
    return Finding(f"Entry {selector >> 3} of the GDT (selector {selector:X}h) "
                   f"{wrong}{' but was to be loaded into CS' if into_cs else ''}. It is "
                   f"{entry.raw:016X}h: {entry.text}.",
                   "compare its access byte (bits 40-47) and flags (52-55) with the manual: "
                   "64-bit code is 00AF9B000000FFFFh, 32-bit code 00CF9B000000FFFFh, data "
                   "00CF93000000FFFFh.")


def long_mode_without_pae(case):
    c = case.cpu
    if c.has("efer", "LME") and not c.has("cr4", "PAE") and not c.has("efer", "LMA") \
            and c.has("cr0", "PE"):
        return Finding("EFER.LME is set but CR4.PAE is not: CR0.PG cannot be set this way. A real "
                       "CPU raises #GP at the MOV to CR0; QEMU ignores the write and continues "
                       "without paging, so it runs 64-bit code as 16- or 32-bit code.",
                       "set CR4.PAE (bit 5) first; the order is CR4.PAE, CR3, EFER.LME, CR0.PG, "
                       "far jump.")
    return None


def paging_without_long_mode(case):
    c = case.cpu
    if c.has("cr0", "PG") and c.has("cr4", "PAE") and not c.has("efer", "LME"):
        return Finding("Paging is on with EFER.LME = 0: the CPU walks the tables as 32-bit PAE "
                       "paging does, and long mode is not active.",
                       "set EFER.LME (MSR C0000080h, bit 8) before setting CR0.PG.")
    return None


def unaligned_cr3(case):
    c = case.cpu
    if not c.has("cr0", "PG") or c.has("cr4", "PCIDE") or not c["cr3"] & 0xfe7:
        return None
    return Finding(f"CR3 is {c['cr3']:X}h, which is not page-aligned: the CPU ignores bits 0-11 and "
                   f"looks for the tables at {c['cr3'] & ~0xfff:X}h.",
                   "align every page table to 4096 bytes.")


def not_mapped(case):
    fault = case.raised(14)
    if not fault:
        return None
    c, address = fault.cpu, fault.cpu["cr2"]
    walk = paging.walk(case.read_physical, c["cr0"], c["cr3"], c["cr4"], c.get("efer"), address)
    if walk.physical is not None:
        return None
    hint = " It is close to 0, which looks like a NULL pointer." if address < 0x1000 else ""
    return Finding(walk.verdict + hint, "map it, or find out where the address came from.")


# Opcodes after 0Fh: SSE's with any prefix; SSE's with 66h, F2h or F3h and MMX's without.
SSE = {*range(0x10, 0x18), *range(0x28, 0x30), *range(0x50, 0x60), 0xc2, 0xc6}
SSE_WITH_PREFIX = {*range(0x60, 0x80), 0xc4, 0xc5, *range(0xd0, 0xff)}


def is_sse(code, mode):
    """Whether an instruction needs CR4.OSFXSR.  Intel SDM 2D, table A-3."""
    rest = code.lstrip(b"\x66\xf2\xf3")
    has_prefix = len(rest) < len(code)
    if mode == "long64" and rest[:1] and rest[0] >> 4 == 4:     # REX
        rest = rest[1:]
    return rest[:1] == b"\x0f" and len(rest) > 1 and (
        rest[1] in SSE or has_prefix and rest[1] in SSE_WITH_PREFIX)


def sse_switched_off(case):
    fault = case.raised(6)
    if not fault or fault.cpu.has("cr4", "OSFXSR"):
        return None
    code = case.read_linear(fault.cpu.pc, 16)
    if not is_sse(code, fault.cpu.mode):
        return None
    return Finding(f"An SSE instruction ({code[:8].hex(' ')}) runs while CR4.OSFXSR is 0: the CPU "
                   "treats it as invalid.",
                   "compile with -mgeneral-regs-only, or clear CR0.EM and set CR4.OSFXSR (bit 9) "
                   "first.")


def runs_data(case):
    fault = case.raised(6)
    if not fault or sse_switched_off(case):
        return None
    code, where = case.read_linear(fault.cpu.pc, 16), case.section(fault.cpu.pc)
    if code[:2] == b"\x0f\x0b" and where != "data":
        return Finding("UD2 raises #UD on purpose: it marks a place that must never be reached.",
                       "find out what jumped here; the top of the stack may show it.")
    looks = ("is all FFh" if code and not code.strip(b"\xff") else
             "is all zero" if code and not code.strip(b"\0") else
             "is text" if code and all(32 <= byte < 127 for byte in code) else "")
    if where != "data" and not looks:
        return Finding(f"The bytes {code[:8].hex(' ')} are not an instruction in this mode "
                       f"({fault.cpu.mode}).",
                       "check whether this code was built for another mode, or was overwritten.")
    reason = "by its symbols, this is data" if where == "data" else f"the memory here {looks}"
    return Finding(f"The CPU is executing data: {reason} ({code[:8].hex(' ')}).",
                   "a jump, a return address or a function pointer went wrong; look at the "
                   "stack's top.")


def overwritten_loader(case):
    c, n = case.cpu, constants()
    offset = c.pc - n["MBR_ADDRESS"]
    if not 0 <= offset < n["SECTOR_SIZE"] - 16 or c.has("cr0", "PG"):
        return None
    now = case.read_physical(c.pc, 8)
    then = case.sector(0)[offset:offset + 8]
    if len(then) < 8 or now == then:
        return None
    return Finding(f"The code at {c.pc:X}h is not what the MBR loaded there: {then.hex(' ')} "
                   f"became {now.hex(' ')}. Something was read or copied over the running loader.",
                   "check where the kernel is loaded and how long it is: it must not overlap "
                   "7C00h-7DFFh.")


def stack_in_ebda(case):
    c = case.cpu
    ebda = int.from_bytes(case.read_physical(0x40e, 2), "little") * 16
    if c.bits != 16 or not 0x80000 <= ebda <= c.stack < 0xa0000:
        return None
    return Finding(f"The stack's top is at {c.stack:X}h, inside the BIOS's extended data area "
                   f"(EBDA, {ebda:X}h to 9FFFFh): every push overwrites the BIOS's data.",
                   f"put the stack below {ebda:X}h; the word at 40Eh says where the EBDA begins.")


def a20_off(case):
    if case.cpu.get("a20", 1):
        return None
    return Finding("A20 is off: bit 20 of every address is forced to 0, so 100000h means 0h. A kernel "
                   "loaded to 1 MiB overwrites the interrupt vectors.",
                   "enable A20 (INT 15h AX=2401h, keyboard controller, port 92h) and test it "
                   "before using any memory above 1 MiB.")


def real_mode_idt(case):
    if not case.chain or not case.chain[0].cpu:
        return None
    c = case.chain[0].cpu
    if not c.has("cr0", "PE") or c.tables["idt"] != (0, 0x3ff):
        return None
    return Finding("IDTR still points to real mode's vector table (0h, limit 3FFh), so no "
                   "exception could be handled.",
                   "load an IDT for this mode early; then such a fault can be reported.")


RULES = (a20_off, long_mode_without_pae, paging_without_long_mode, unaligned_cr3, reserved_bit,
         bad_stack_of_gate, empty_idt, bad_selector, overwritten_loader, stack_in_ebda, not_mapped,
         sse_switched_off, runs_data, real_mode_idt)


def find(case):
    """All findings, the most certain first."""
    return [finding for finding in (rule(case) for rule in RULES) if finding]


def lines(found):
    """The first is the cause; the others may be contributing causes or consequences."""
    return [line for number, finding in enumerate(found) for line in (
        f"{'Also' if number else 'Cause'}: {finding.cause}", f"Try: {finding.advice}")]
