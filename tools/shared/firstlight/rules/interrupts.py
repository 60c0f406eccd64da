"""Rules about interrupts: the IDT, its gates, the PIC, and handlers that return in the wrong way."""

from firstlight import descriptors
from firstlight.case import Finding
from firstlight.operand import decode, is_canonical

BIOS_CALLS = {0x10: "the screen", 0x11: "the equipment", 0x12: "the memory size", 0x13: "the disk",
              0x14: "the serial port", 0x15: "the memory map and A20", 0x16: "the keyboard",
              0x17: "the printer", 0x1a: "the clock"}
LINES = {0: "the timer, IRQ 0", 1: "the keyboard, IRQ 1"}
REAL_MODE_TABLE = (0, 0x3ff)
SMALL = 0x10000             # error codes of exceptions with a selector, and of most page faults


def bios_call(case):
    """The first link of the chain is INT 10h or the like."""
    first = case.first
    if not first or first.source != "software" or first.vector not in BIOS_CALLS \
            or not first.cpu.has("cr0", "PE"):
        return None
    return Finding(f"INT {first.vector:02X}h (the BIOS's service for {BIOS_CALLS[first.vector]}) is called in "
                   "protected mode or long mode: the BIOS's services exist only in real mode.",
                   "call the BIOS before CR0.PE is set (in real mode); afterwards write to the screen at "
                   "B8000h and drive the devices directly.")


def _line(case, vector):
    """Which line of the PIC sends this vector, or None."""
    for number, pic in enumerate(case.pics):
        if pic.first_vector <= vector < pic.first_vector + 8:
            return vector - pic.first_vector + 8 * number
    return None


def _exception_vectors(case):
    return bool(case.pics) and case.pics[0].first_vector < 32


def pic_not_remapped(case):
    """A hardware interrupt arrived with a vector below 20h, in protected or long mode."""
    first = case.first
    if not first or first.source != "hardware" or first.vector >= 32 or not first.cpu.has("cr0", "PE"):
        return None
    line = _line(case, first.vector)
    who = LINES.get(line, f"IRQ {line}" if line is not None else "a device")
    if first.cpu.tables["idt"] == REAL_MODE_TABLE or not first.cpu.tables["idt"][1]:
        return Finding(f"A hardware interrupt ({who}, vector {first.vector:02X}h) arrived in protected mode with "
                       "no IDT: interrupts were left on (no CLI), and IDTR still holds "
                       f"base {first.cpu.tables['idt'][0]:X}h, limit {first.cpu.tables['idt'][1]:X}h.",
                       "CLI before CR0.PE is set; STI only when an IDT is loaded (LIDT) and the PIC is remapped.")
    return Finding(f"The interrupt of {who} arrived at vector {first.vector:02X}h, which is the "
                   f"CPU's {descriptors.vector_name(first.vector)}: the PIC was not remapped.",
                   "remap both PICs (ICW1 to ICW4 at ports 20h, 21h, A0h, A1h) to vectors 20h to 2Fh "
                   "before the first line is unmasked.")


def timer_taken_for_an_exception(case):
    """The machine lives, in the handler of a vector below 20h that a device sent."""
    sent = [link for link in case.handled if link.source == "hardware" and link.vector < 32
            and link.cpu and link.cpu.has("cr0", "PE")]
    if not sent or not _exception_vectors(case):
        return None
    vector = sent[0].vector
    if _line(case, vector) is None or len(sent) > 1:    # again and again: it has a handler there
        return None
    return Finding(f"The interrupt of {LINES.get(_line(case, vector), 'a device')} arrived at vector "
                   f"{vector:02X}h, which is the CPU's {descriptors.vector_name(vector)}: the PIC was not remapped.",
                   "remap both PICs (ports 20h, 21h, A0h, A1h) to vectors 20h to 2Fh before a line is "
                   "unmasked.")


def _wanted(case):
    """The vector that could not be delivered, if an interrupt or an exception's gate was the matter."""
    first = case.first
    if not first:
        return None
    later = next((link for link in case.chain if link.gate is not None), None)
    if first.gate is not None:
        return first.gate
    if first.source != "exception":
        return first.vector
    # the gate of the exception itself: the IDT is the matter only if one was loaded for it
    loaded = first.cpu.tables["idt"][1] and first.cpu.tables["idt"] != REAL_MODE_TABLE
    return first.vector if later and later.gate == first.vector and loaded and _is_intended(first) else None


def _is_intended(first):
    """Breakpoints and the like: exceptions that a program raises on purpose."""
    return first.vector in (1, 3, 4)


def empty_idt(case):
    """The first vector that had to be delivered has no gate in the IDT."""
    vector = _wanted(case)
    if vector is None:
        return None
    c = case.first.cpu
    base, limit = c.tables["idt"]
    size = 16 if c.has("efer", "LMA") else 8
    if limit >= (vector + 1) * size - 1:
        return None
    name = descriptors.vector_name(vector)
    if not limit or (base, limit) == REAL_MODE_TABLE:
        return Finding(f"The IDT's limit is {limit:X}h (base {base:X}h): no IDT is loaded, and vector {vector:02X}h "
                       f"({name}) has no gate.",
                       "fill the IDT and load it (LIDT) before STI, the first INT or exception; the limit is "
                       "the table's size minus 1.")
    room = "it has no room for any gate" if limit + 1 < size else (
        f"it ends after {(limit + 1) // size} gates")
    return Finding(f"The IDT's limit is {limit:X}h: {room}, and vector {vector:02X}h ({name}) has no gate.",
                   "fill the IDT and load it (LIDT) before the first interrupt, INT or exception; "
                   f"the limit is the table's size minus 1, with {size} bytes a gate in this mode.")


def _leads_to_code(case, gate):
    return bool(gate and gate.present and gate.kind in (14, 15) and case.is_loaded(gate.offset))


def gates_of_32_bits(case):
    """In long mode, an IDT that is right if its gates have 8 bytes, as in protected mode."""
    links = [link for link in [*case.handled[:4], *case.handled[-4:], *case.chain] if link.cpu and link.cpu.has("efer", "LMA")]
    base, limit = case.cpu.tables["idt"]
    table = case.read_linear(base, min(limit + 1, 256 * 8)) if links and limit else b""
    short = [descriptors.gate(table[at:at + 8]) for at in range(0, len(table) - 7, 8)]
    # every other one would be the upper half of a gate of 16 bytes, which has no such bits
    if not any(_leads_to_code(case, gate) for gate in short[1::2]):
        return None
    for vector in (number for link in links for number in (link.gate, link.vector) if number is not None):
        if vector < len(short) and _leads_to_code(case, short[vector]) and not _leads_to_code(case, case.gate(vector)):
            return Finding(f"The IDT's gates have 8 bytes, as in 32-bit mode, and in long mode the CPU reads gates of 16 bytes: for "
                           f"vector {vector:02X}h ({descriptors.vector_name(vector)}) it reads what is at {vector * 16:X}h in the "
                           f"table, and the gate that leads to {case.name(short[vector].offset)} is at {vector * 8:X}h.",
                           "in long mode a gate has 16 bytes: after the first 8, bits 32 to 63 of the handler's address and "
                           "4 bytes of zeros; the limit is 16 times the number of gates, minus 1.")
    return None


def idtr_nowhere(case):
    """IDTR's base is not mapped, or not even an address: no gate can be read there."""
    first = case.first
    if not first or not first.cpu.has("cr0", "PG"):
        return None
    base, limit = first.cpu.tables["idt"]
    if (base, limit) == REAL_MODE_TABLE or not limit:       # none was loaded: not the cause of the exception
        return None
    if case.walk(base, first.cpu).physical is not None:
        return None
    # a structure without packing: LIDT takes the filler after the limit for the base's lower part
    filler = base and not base & (1 << 48) - 1
    return Finding(f"IDTR points to {base:X}h (limit {limit:X}h), which is {'not mapped' if is_canonical(base) else 'not canonical'}: "
                   f"no gate can be read there, and vector {first.vector:02X}h ({descriptors.vector_name(first.vector)}) had to be "
                   f"delivered." + (" The base's first bytes are the padding of a structure that is not packed." if filler else ""),
                   "LIDT takes 2 bytes of limit and right after them 8 bytes of base: __attribute__((packed)) on the "
                   "structure; and the base is a linear address that is mapped.")


def bad_gate(case):
    """The gate of the vector that had to be delivered is there, and cannot be used."""
    vector = _wanted(case)
    first = case.first
    if vector is None and first and first.cpu.tables["idt"] != REAL_MODE_TABLE:
        vector = first.vector               # an exception with a gate that fails
    gate = case.gate(vector) if vector is not None else None
    if gate is None or len(case.chain) < 2 and first.gate is None or not first.cpu.has("cr0", "PE"):
        return None
    name = f"The gate of vector {vector:02X}h ({descriptors.vector_name(vector)})"
    if not gate.raw or not gate.present:
        if _wanted(case) is None:
            return None
        return Finding(f"{name} in the IDT is {'empty' if not gate.raw else 'not present'}.",
                       "set a gate for this vector, or mask the line or feature that raises it; present "
                       "interrupt gates have the access byte 8Eh.")
    if gate.kind not in descriptors.GATE_TYPES or case.cpu.has("efer", "LMA") and gate.kind not in (14, 15):
        return Finding(f"{name} has the type {gate.kind:X}h, which is not a gate that can be used in this mode.",
                       "the access byte of a present interrupt gate is 8Eh, of a trap gate 8Fh.")
    entry = case.gdt_entry(gate.selector)
    if entry is None or not entry.has("X") or not entry.has("S") or not entry.has("P"):
        what = ("is beyond the GDT's limit" if entry is None else
                f"is not a code segment ({entry.text})")
        return Finding(f"{name} names selector {gate.selector:04X}h, which {what}.",
                       f"put the selector of the code segment into the gates: CS is {case.cpu.cs.selector:X}h now.")
    if case.cpu.has("efer", "LMA") and not entry.has("L"):
        return Finding(f"{name} names selector {gate.selector:04X}h, which is not a 64-bit code segment "
                       f"({entry.text}).", f"put the 64-bit code segment's selector into the gates: CS is "
                       f"{case.cpu.cs.selector:X}h now.")
    return None


def handler_elsewhere(case):
    """The gate leads to a handler's address where there is no code."""
    for link in [*case.handled[:4], *case.handled[-4:], *case.chain]:
        if link.source == "exception" and not _is_intended(link) or not link.cpu or not link.cpu.has("cr0", "PE") \
                or link.cpu.tables["idt"] in (REAL_MODE_TABLE, (0, 0)):
            continue
        gate = case.gate(link.vector)
        if not gate or not gate.present or gate.kind not in (14, 15):
            continue
        memory = case.read_linear(gate.offset, 16)
        if memory.strip(b"\0") and memory.strip(b"\xff") and (not case.kernel or case.is_loaded(gate.offset)
                                                             or not case.away):
            continue
        what = "is not mapped" if not memory else "holds no code"
        return Finding(f"The gate of vector {link.vector:02X}h ({descriptors.vector_name(link.vector)}) leads to a "
                       f"handler at {gate.offset:X}h, and that address {what}.",
                       "check the three parts of the offset in the gate: bits 0-15, 16-31 and (in long mode) "
                       "32-63 of the handler's address.")
    return None


def bad_stack_of_gate(case):
    """The first exception's gate has an IST that is not a usable stack."""
    first = case.first
    if not first or first.cpu.mode != "long64":
        return None
    gate = case.gate(first.vector)
    if not gate or not gate.ist or not gate.present or gate.kind not in (14, 15):
        return None
    stack = case.read_number(case.cpu.segments["tr"].base + 28 + 8 * gate.ist) or 0
    if stack and case.walk(stack - 8 & 0xffffffffffffffff).physical is not None:
        return None
    return Finding(f"The IDT's gate of vector {first.vector:02X}h selects the stack IST{gate.ist}, but "
                   f"the TSS holds {stack:X}h there, which cannot be a stack.",
                   f"put the top of a mapped stack into IST{gate.ist} of the TSS, or 0 into the gate's "
                   "IST.")


def error_code_left(case):
    """IRET found the error code where RIP should be."""
    fault = next((link for link in [*case.chain, *case.handled[-8:]] if link.cpu
                  and link.source == "exception" and link.vector in (13, 14, 11, 10, 12)
                  and decode(case.read_linear(link.cpu.pc, 4), link.cpu.mode).opcode == b"\xcf"), None)
    before = [link for link in [*case.handled, *case.chain] if link.vector in (8, 10, 11, 12, 13, 14, 17)
              and link.source == "exception"]
    if not fault or not before:
        return None
    c, step = fault.cpu, 8 if fault.cpu.bits == 64 else 4
    code = case.read_number(c.stack, step)
    rip, cs = case.read_number(c.stack + step, step), case.read_number(c.stack + 2 * step, step)
    if code is None or rip is None or cs is None or code >= SMALL or rip < 0x500 \
            or not is_canonical(rip) or (cs & 0xfffc) == 0 or cs > 0xffff:
        return None
    return Finding(f"The handler returns with the error code ({code:X}h) still on the stack: IRET takes it for "
                   f"the return address. {before[0].vector:02X}h ({descriptors.vector_name(before[0].vector)}) pushes "
                   "one.",
                   f"remove it first: add {'rsp, 8' if step == 8 else 'esp, 4'} right before IRET in the handlers of "
                   "vectors 8, 10 to 14, 17 and 21.")


def no_end_of_interrupt(case):
    """A line is still in service long after its handler ran."""
    if not case.is_alive or not case.cpu.has("cr0", "PE"):
        return None
    for number, pic in enumerate(case.pics):
        stuck = pic.in_service & ~pic.masked
        if stuck:
            bit = (stuck & -stuck).bit_length() - 1
            vector = pic.first_vector + bit
            times = sum(link.source == "hardware" and link.vector == vector for link in case.handled)
            if times:
                return Finding(f"The PIC still waits for the end of interrupt (EOI) of IRQ {bit + 8 * number} (vector "
                               f"{vector:02X}h): its handler never sent it, so no further interrupt of this line or "
                               "a lower one comes.",
                               "at the end of the handler, write 20h to port 20h (for IRQ 8 to 15 to port A0h "
                               "first).")
    return None


def handler_ends_with_ret(case):
    """After a hardware interrupt its handler's code reaches RET where IRET belongs."""
    delivered = [link for link in case.handled + case.chain if link.cpu and link.cpu.has("cr0", "PE")]
    for link in {link.vector: link for link in delivered}.values():
        if sum(other.vector == link.vector for other in delivered) > 1:
            continue                        # it came again: interrupts were enabled again
        gate = case.gate(link.vector)
        start = next((number for number, block in enumerate(case.trail)
                      if gate and block.start == gate.offset), None)
        if start is None:
            continue
        depth = 0
        for one in (one for block in case.trail[start:start + 40] for one in block.instructions):
            opcode = decode(one.raw, case.cpu.mode).opcode
            depth += opcode == b"\xe8"
            if opcode == b"\xcf":
                break
            if opcode in (b"\xc3", b"\xc2"):
                if depth == 0:
                    return Finding(f"The handler of vector {link.vector:02X}h at {case.name(gate.offset)} ends with RET "
                                   "instead of IRET: CS, RFLAGS and the stack pointer are not restored, and "
                                   "interrupts stay off.",
                                   "end interrupt handlers with IRETQ (IRETD in 32-bit code); in C, call the "
                                   "function from an assembly stub that saves all registers.")
                depth -= 1
    return None


def sti_forgotten(case):
    """Halted with interrupts off, although all is ready for the timer."""
    c = case.cpu
    if not case.is_alive or not c.get("hlt") or c.has("rflags", "IF") or not c.has("cr0", "PE"):
        return None
    if not case.pics or case.pics[0].first_vector < 32 or case.pics[0].masked & 1:
        return None
    gate = case.gate(case.pics[0].first_vector)
    if not gate or not gate.present or any(one.raw[:1] == b"\xfa" for block in case.trail[-2:]
                                           for one in block.instructions):
        return None
    return Finding("The CPU is halted with interrupts off, although the IDT has a gate for the timer and the PIC "
                   "lets its line through: STI was forgotten.",
                   "STI right before HLT, when the IDT is loaded and the PIC is programmed.")


def real_mode_idt(case):
    first = case.first
    if not first or not first.cpu.has("cr0", "PE") or first.cpu.tables["idt"] != REAL_MODE_TABLE:
        return None
    return Finding("IDTR still points to real mode's vector table (0h, limit 3FFh), so no "
                   "exception could be handled.",
                   "load an IDT for this mode early; then such a fault can be reported.")
