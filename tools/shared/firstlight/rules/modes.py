"""Rules about switching modes: A20, CR0, CR3, CR4, EFER, and the far jumps between them."""

import re

from firstlight import bits, descriptors, paging, trail
from firstlight.case import Finding
from firstlight.operand import NAMES, decode

FAR_JUMP = (rb"[\x66\x67\x2e\x3e\x48]*\xea", rb"[\x66\x67\x2e\x3e\x48]*\xff[\x28-\x2f\x68-\x6f\xa8-\xaf]",
            rb"[\x66\x48]*\xcb", rb"[\x66\x48]*\xcf")
TO_CR0 = rb"\x0f\x22[\xc0-\xc7]"
ORDER = "the order is CR4.PAE, CR3, EFER.LME, CR0.PG, far jump to a 64-bit code segment"


def a20_off(case):
    if case.cpu.get("a20", 1):
        return None
    return Finding("A20 is off: bit 20 of every address is forced to 0, so 100000h means 0h. A kernel "
                   "loaded to 1 MiB overwrites the interrupt vectors.",
                   "enable A20 (INT 15h AX=2401h, keyboard controller, port 92h) and test it "
                   "before using any memory above 1 MiB.")


def _is_far_jump(case):
    return any(re.match(pattern, case.code, re.S) for pattern in FAR_JUMP)


def _has_64_bit_segment(case):
    base, limit = case.cpu.tables["gdt"]
    memory = case.read_physical(base, min(limit + 1, 0x40))         # not by way of the wrong tables
    entries = (descriptors.segment(int.from_bytes(memory[at:at + 8], "little"))
               for at in range(8, len(memory) - 7, 8))
    return any(entry.has("S") and entry.has("X") and entry.has("L") for entry in entries)


def no_far_jump(case):
    """CS is still real mode's: the CPU goes on with 16-bit code."""
    c = case.cpu
    if c.mode != "prot16" or _is_far_jump(case):
        return None
    entry = case.gdt_entry(c.cs.selector) if c.cs.selector & ~7 else None
    if entry and entry.has("X") and entry.base == c.cs.base:
        return None
    return Finding("No far jump followed when CR0.PE was set: CS is still real mode's 16-bit segment "
                   f"({c.cs.selector:04X}h), so the 32-bit code after it is executed as 16-bit code.",
                   "right after MOV CR0, jmp 0x08:label (08h: the code segment in the GDT), then "
                   "`bits 32` at the label, and load DS, ES and SS there.")


def long_mode_without_pae(case):
    c = case.cpu
    if c.has("efer", "LME") and not c.has("cr4", "PAE") and not c.has("efer", "LMA") \
            and c.has("cr0", "PE"):
        return Finding("EFER.LME is set but CR4.PAE is not: CR0.PG cannot be set this way. A real "
                       "CPU raises #GP at the MOV to CR0; QEMU ignores the write and continues "
                       "without paging, so it runs 64-bit code as 16- or 32-bit code.",
                       f"set CR4.PAE (bit 5) first; {ORDER}.")
    return None


def paging_never_on(case):
    c = case.cpu
    if c.has("efer", "LME") and c.has("cr4", "PAE") and c.has("cr0", "PE") \
            and not c.has("cr0", "PG") and trail.ran(case.trail, *FAR_JUMP):
        return Finding("EFER.LME and CR4.PAE are set, but CR0.PG is 0: long mode begins only with "
                       "paging, and without it a 64-bit code segment is a 16- or 32-bit one.",
                       f"set CR0.PG (bit 31) before the far jump; {ORDER}.")
    return None


def paging_without_long_mode(case):
    c = case.cpu
    if c.has("cr0", "PG") and c.has("cr4", "PAE") and not c.has("efer", "LME"):
        return Finding("Paging is on with EFER.LME = 0: the CPU walks the tables as 32-bit PAE "
                       "paging does, and long mode is not active.",
                       "set EFER.LME (MSR C0000080h, bit 8) before setting CR0.PG.")
    return None


def paging_without_pae(case):
    c = case.cpu
    if c.has("cr0", "PG") and not c.has("cr4", "PAE") and not c.has("efer", "LME") \
            and _has_64_bit_segment(case):
        return Finding("Paging is on with CR4.PAE = 0 and EFER.LME = 0: the CPU walks the 64-bit "
                       "tables as 32-bit paging does, and long mode is not active.",
                       f"set CR4.PAE (bit 5) and EFER.LME (bit 8) before CR0.PG; {ORDER}.")
    return None


def unaligned_cr3(case):
    c = case.cpu
    if not c.has("cr0", "PG") or c.has("cr4", "PCIDE") or not c["cr3"] & 0xfe7:
        return None
    return Finding(f"CR3 is {c['cr3']:X}h, which is not page-aligned: the CPU ignores bits 0-11 and "
                   f"looks for the tables at {c['cr3'] & ~0xfff:X}h.",
                   "align every page table to 4096 bytes.")


def no_far_jump_to_64(case):
    """Long mode is active, and CS is not a 64-bit segment."""
    c = case.cpu
    fault = case.raised(14)
    if not c.mode.startswith("compat") or _is_far_jump(case) \
            or fault and fault.cpu["cr2"] == fault.cpu.pc:
        return None
    entry = case.gdt_entry(c.cs.selector)
    jumped = [one for block in case.trail[-12:] for one in block.instructions
              if re.match(TO_CR0, one.raw) or any(re.match(far, one.raw) for far in FAR_JUMP)]
    if jumped and not re.match(TO_CR0, jumped[-1].raw) and entry:
        return Finding(f"The far jump into long mode went to selector {c.cs.selector:02X}h, which is not "
                       f"a 64-bit code segment: {entry.text}.",
                       "jump to a code segment with L = 1 and D = 0: 00AF9B000000FFFFh.")
    return Finding("No far jump to a 64-bit code segment followed when paging was turned on: CS is "
                   f"still {c.cs.selector:02X}h, so the 64-bit code is executed as 32-bit code.",
                   "jmp to a code segment with L = 1 and D = 0 (00AF9B000000FFFFh) right after CR0.PG.")


def wrong_bits(case):
    """The first instructions after the far jump were assembled for another mode."""
    c = case.cpu
    for block in reversed(case.trail[-40:]):
        if block.raw[:1] != b"\xb8" and block.raw[:2] != b"\x66\xb8":
            continue
        # MOV AX, imm16 and MOV DS, AX: as assembled for 16 bits, and for 32 bits
        if c.mode != "real16" and c.bits != 16 and re.match(rb"\xb8.\0\x8e[\xc0-\xe8]", block.raw, re.S):
            return Finding(f"At {block.start:X}h is 16-bit code, executed in a {c.bits}-bit segment: "
                           f"{block.raw[:5].hex(' ')} was assembled as MOV AX and MOV to a segment "
                           "register.", f"write `bits {c.bits}` before the label of the far jump.")
        if c.mode in ("prot16", "compat16", "real16") and re.match(rb"\x66\xb8.\0\x8e[\xc0-\xe8]",
                                                                   block.raw, re.S):
            return Finding(f"At {block.start:X}h is 32-bit code, executed in a 16-bit segment "
                           f"({block.raw[:6].hex(' ')}).",
                           "the code segment's descriptor needs D = 1 (00CF9B000000FFFFh), or the "
                           "code `bits 16`.")
    return None


def reserved_bit(case):
    fault = case.raised(14)
    if not fault or not fault.error & bits.mask("PAGE_FAULT", "RSVD"):
        return None
    c = fault.cpu
    walk = case.walk(c["cr2"], c)
    with_nx = next((step for step in walk.steps if step.entry & paging.NX), None)
    if with_nx and not c.has("efer", "NXE"):
        return Finding(f"{with_nx.table}[{with_nx.index}] has bit 63 (NX) set, but EFER.NXE is 0, "
                       "which makes NX a reserved bit.",
                       "set EFER.NXE (bit 11) before paging, if CPUID 80000001h EDX bit 20 says "
                       "that the CPU has NX, or leave bit 63 alone.")
    return Finding("A reserved bit is set in a page-table entry on the way to "
                   f"{c['cr2']:X}h.", "look at each level: `pt` in make debug shows them.")


def writes_reserved_bits(case):
    """#GP at MOV to a control register, WRMSR or XSETBV."""
    fault = case.raised(13)
    if not fault and case.is_alive and len(case.places) == 1 and not case.cpu.get("hlt"):
        one = decode(case.code, case.cpu.mode)      # QEMU 7.2 stays at a MOV that raises #GP
        return _bad_control_register(case.cpu, one) if one.opcode == b"\x0f\x22" else None
    if not fault or fault.error:
        return None
    c, one = fault.cpu, decode(case.read_linear(fault.cpu.pc, 16), fault.cpu.mode)
    if one.opcode == b"\x0f\x30":
        value = c["rdx"] << 32 & 0xffffffff00000000 | c["rax"] & 0xffffffff
        return Finding(f"WRMSR writes {value:X}h to MSR {c['rcx'] & 0xffffffff:X}h, which does not take "
                       "this value: a reserved bit, or an address that is not canonical.",
                       "check ECX (the MSR's number) and EDX:EAX against the manual's list of MSRs; "
                       "addresses must be canonical.")
    if one.opcode == b"\x0f\x32":
        return Finding(f"RDMSR reads MSR {c['rcx'] & 0xffffffff:X}h, which this CPU does not have.",
                       "check ECX, and CPUID before the MSR of a feature is touched.")
    return _bad_control_register(c, one) if one.opcode == b"\x0f\x22" else None


def _bad_control_register(cpu, one):
    number = one.reg | (one.rex & 4) << 1
    value = cpu.get(NAMES[one.modrm & 7 | (one.rex & 1) << 3])
    if number == 3 and value >> 52:
        return Finding(f"MOV to CR3 with {value:X}h, which is a virtual address: CR3 takes the physical address of the "
                       "PML4, and its upper bits are reserved.",
                       "subtract the base of the upper mapping (FFFFFFFF80000000h) from the table's address first.")
    return Finding(f"MOV to CR{number} with {value:X}h sets a reserved bit, or a combination that "
                   "the CPU does not allow.",
                   "check the value bit by bit (`regs CR4` in make debug); CPUID tells which bits "
                   "exist, and CR0.PG needs CR0.PE.")


def data_segment_not_reloaded(case):
    """32-bit code with real mode's DS: its limit is 64 KiB.  QEMU does not check limits, a CPU does."""
    c = case.cpu
    ds = c.segments["ds"]
    if c.mode != "prot32" or not case.trail or ds.limit != 0xffff or ds.is_32bit or ds.selector & 4 \
            or ds.base != ds.selector * 16:
        return None
    return Finding(f"DS was not reloaded after the switch to protected mode: it still has real mode's base {ds.base:X}h and a "
                   "limit of 64 KiB. QEMU tolerates that; a real CPU raises #GP at the first access beyond.",
                   "after the far jump, mov ax, 0x10 (the data segment's selector) and load DS, ES and SS with it.")
