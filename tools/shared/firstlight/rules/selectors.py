"""Rules about the GDT: where GDTR points, its limit, and the descriptors that selectors name."""

from firstlight import bits
from firstlight.case import SECTOR, Finding
from firstlight.descriptors import is_wide_system
from firstlight.headers import constants
from firstlight.operand import address, decode

PLAUSIBLE = (0x92, 0x93, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9e, 0x9f)
MODELS = ("64-bit code is 00AF9B000000FFFFh, 32-bit code 00CF9B000000FFFFh, data "
          "00CF93000000FFFFh")


def _is_descriptor(memory):
    """A ring 0 code or data segment as a beginner's GDT has them."""
    return len(memory) == 8 and memory[5] in PLAUSIBLE and memory[6] & 15 in (0, 15) \
        and memory[0] == memory[1] == 0xff


def _is_64_bit_code(memory):
    """Long mode ignores the base and the limit of such a segment, so people leave them 0."""
    return len(memory) == 8 and memory[5] in PLAUSIBLE[4:] and memory[6] >> 4 in (2, 10)


def find_gdt(memory):
    """The offset of something that looks like a GDT: a null descriptor, then segments; or None."""
    for at in range(len(memory) - 24):
        if memory[at:at + 8] == bytes(8) and _is_descriptor(memory[at + 8:at + 16]) \
                and _is_descriptor(memory[at + 16:at + 24]):
            return at
    return None


def selector_fault(case):
    """The exception whose error code is a selector in the GDT."""
    fault = next((case.raised(vector) for vector in (13, 11, 12, 10) if case.raised(vector)), None)
    if not fault or not fault.error & ~3 or fault.gate is not None \
            or fault.error & bits.mask("SELECTOR_ERROR", "TI"):
        return None
    return fault


def gdtr_nowhere(case):
    """GDTR's base holds no segment descriptor, and the image has a GDT somewhere else."""
    if not selector_fault(case):
        return None
    base, limit = case.cpu.tables["gdt"]
    memory = case.read_linear(base, 64)      # whatever the limit is: that has a rule of its own
    if any(_is_descriptor(memory[at:at + 8]) or _is_64_bit_code(memory[at:at + 8]) for at in range(8, len(memory), 8)):
        return None
    start = constants()["MBR_ADDRESS"]
    there = case.read_physical(start, SECTOR)
    at = find_gdt(there)
    where = "" if at is None else f"; the image's GDT is at {start + at:X}h"
    if at is None or start + at == base:
        return Finding(f"GDTR points to {base:X}h, limit {limit:X}h, and there is no GDT: none of the "
                       "entries is a segment.",
                       "GDTR takes the linear address of the table and its size minus 1; check both, "
                       "and that nothing overwrites the table.")
    wrong = " minus 7C00h" if base == at else ""
    return Finding(f"GDTR points to {base:X}h, where there is no GDT{where}.",
                   "the base in GDTR is a linear address: segment x 16 + offset, so with `org 0` add "
                   f"7C00h{' (it is exactly that much too low)' if wrong else ''}.")


def stack_segment_not_reloaded(case):
    """IRETQ pops an SS that another GDT had: the handler's code never needed it."""
    fault = selector_fault(case)
    if not fault or fault.cpu.mode != "long64":
        return None
    one = decode(case.read_linear(fault.cpu.pc, 4), "long64")
    selector = fault.error & ~3
    popped = case.read_number(fault.cpu.stack + 32, 2)
    if one.opcode != b"\xcf" or not one.rex & 8 or popped is None or popped & ~3 != selector \
            or fault.cpu.segments["ss"].selector & ~3 != selector:
        return None
    entry = case.gdt_entry(selector)
    what = "it lies beyond the limit of the GDT that is loaded now" if entry is None else \
        f"in the GDT that is loaded now it is {entry.raw:016X}h: {entry.text}"
    return Finding(f"IRETQ at {case.name(fault.cpu.pc)} loads SS with {selector:X}h, the selector that SS has held since before LGDT, "
                   f"and {what}, which is not a stack segment.",
                   "after LGDT, load SS (with 0, or a data segment's selector) as well as CS; also DS, ES, FS and GS.")


def gdt_limit(case):
    """The selector is beyond the limit, or the limit cuts its descriptor."""
    fault = selector_fault(case)
    if not fault or case.gdt_entry(fault.error) is not None:
        return None
    selector, (base, limit) = fault.error & ~7, case.cpu.tables["gdt"]
    memory = case.read_linear(base + selector, 8)
    if _is_descriptor(memory) or limit >= selector:
        short = selector + 7 - limit
        return Finding(f"The GDT's limit is {limit:X}h, which is too small: it cuts off the descriptor of "
                       f"selector {selector:X}h, which needs {selector + 7:X}h "
                       f"({short} byte{'s' * (short > 1)} more).",
                       "the limit in GDTR is the table's size minus 1: dw gdt_end - gdt - 1.")
    return Finding(f"Selector {selector:X}h lies beyond the GDT's limit ({limit:X}h).",
                   "a selector is the entry's number x 8; check it, and GDTR's limit (size minus 1). After "
                   "the switch to protected mode, real mode's segment numbers are no longer valid.")


def in_the_ldt(case):
    """An error code with the TI bit: the selector's bit 2 asks for the LDT."""
    fault = next((case.raised(vector) for vector in (13, 11, 12, 10) if case.raised(vector)), None)
    if not fault or fault.gate is not None or not fault.error & bits.mask("SELECTOR_ERROR", "TI"):
        return None
    return Finding(f"Selector {fault.error:X}h has bit 2 (TI) set, so it is looked up in the LDT, and "
                   + ("no LDT is loaded." if not fault.cpu.segments["ldt"].selector else "its descriptor there does not fit."),
                   "selectors of the GDT are its entry's number x 8: 08h, 10h, 18h; real mode's segment numbers are not "
                   "valid any more.")


def load_task_register(case):
    fault = selector_fault(case)
    if not fault:
        return None
    one = decode(case.read_linear(fault.cpu.pc, 16), fault.cpu.mode)
    if one.opcode != b"\x0f\x00" or one.reg not in (2, 3):
        return None
    name, table = ("LTR", "a TSS") if one.reg == 3 else ("LLDT", "an LDT")
    entry, selector, limit = case.gdt_entry(fault.error), fault.error & ~7, case.cpu.tables["gdt"][1]
    advice = ("put a TSS descriptor into the GDT (type 9, present: access byte 89h; 16 bytes in long "
              "mode) and load its selector, once.")
    if entry and is_wide_system(entry.raw, fault.cpu.has("efer", "LMA")) and entry.has("P") and limit < selector + 15:
        return Finding(f"{name} loads selector {selector:X}h, and the GDT's limit ({limit:X}h) cuts off the second half of its "
                       f"descriptor: in long mode {table} takes 16 bytes there, up to {selector + 15:X}h.", advice)
    what = "is beyond the GDT's limit" if entry is None else f"is {entry.raw:016X}h: {entry.text}"
    return Finding(f"{name} loads selector {selector:X}h, which is not {table} that is available: the entry "
                   f"{what}.", advice)


def bad_selector(case):
    fault = selector_fault(case)
    entry = case.gdt_entry(fault.error) if fault else None
    if entry is None:
        return None
    selector = fault.error & ~3
    code = case.read_linear(fault.cpu.pc, 8)
    one = decode(code, fault.cpu.mode)
    into_cs = one.opcode in (b"\xea", b"\xcb", b"\xcf", b"\x9a", b"\xca") \
        or one.opcode == b"\xff" and one.reg in (3, 5)
    wrong = "is not present" if not entry.has("P") else "does not fit" if not into_cs else (
        "is not a code segment" if not entry.has("X") or not entry.has("S") else
        "has L and D both set" if entry.has("L") and entry.has("DB") else "does not fit")
    return Finding(f"Entry {selector >> 3} of the GDT (selector {selector:X}h) "
                   f"{wrong}{' but was to be loaded into CS' if into_cs else ''}. It is "
                   f"{entry.raw:016X}h: {entry.text}.",
                   "compare its access byte (bits 40-47) and flags (52-55) with the manual: "
                   f"{MODELS}.")


def _far_target(case, c, one):
    """The selector and the offset that a far jump, call or return takes; None if they are not known."""
    size = 8 if one.rex & 8 else 2 if (b"\x66" in one.prefixes) != (c.bits == 16) else 4
    if one.opcode in (b"\xea", b"\x9a"):
        return int.from_bytes(one.rest[size:size + 2], "little"), int.from_bytes(one.rest[:size], "little")
    step = 2
    if one.opcode in (b"\xcb", b"\xca", b"\xcf"):
        at, step = c.stack, size
    elif one.opcode == b"\xff" and one.reg in (3, 5) and (at := address(one, c)) is not None:
        at = c.linear("ds", at)
    else:
        return None
    offset, selector = case.read_number(at, size), case.read_number(at + size, step)
    return None if offset is None or selector is None else (selector & 0xffff, offset)


def beyond_the_limit(case):
    """#GP(0) at a far transfer to a code segment that ends before the address."""
    fault = case.raised(13)
    if not fault or fault.error or not fault.cpu.has("cr0", "PE"):
        return None
    c = fault.cpu
    target = _far_target(case, c, decode(case.read_linear(c.pc, 16), c.mode))
    entry = case.gdt_entry(target[0]) if target and target[0] & ~7 and not target[0] & 4 else None
    if entry is None or not entry.has("X") or not entry.has("S") or not entry.has("P") or target[1] <= entry.limit \
            or entry.has("L") and c.has("efer", "LMA"):
        return None
    bytes_only = "" if entry.has("G") else ": its granularity bit (G) is 0, so that the limit counts bytes instead of 4 KiB pages"
    return Finding(f"The code at {case.name(c.pc)} goes to {target[0]:04X}:{target[1]:X}h, beyond the limit of that code segment, "
                   f"{entry.limit:X}h{bytes_only}.",
                   "set G in the descriptor's flags (CFh instead of 4Fh in its byte 6), or a limit that holds all of the code: "
                   f"{MODELS}.")


def null_selector(case):
    """#GP(0) at a far transfer, or at an access through a segment register that holds 0."""
    fault = case.raised(13)
    if not fault or fault.error:
        return None
    c, one = fault.cpu, decode(case.read_linear(fault.cpu.pc, 16), fault.cpu.mode)
    name = {b"\xcb": "RETF", b"\xca": "RETF", b"\xcf": "IRET"}.get(one.opcode)
    if name:
        return _far_return(case, c, one, name)
    if one.opcode == b"\xea" or one.opcode == b"\xff" and one.reg in (3, 5):
        target = _far_target(case, c, one)
        if target and target[0] & ~3:
            return None
        return Finding("The far jump goes to selector 0, which is not a code segment (the null "
                       "descriptor).",
                       "jump to the selector of the code segment: its entry's number x 8.")
    if c.bits != 64 and c.has("cr0", "PE"):
        empty = [s for s in ("ds", "es", "ss") if c.segments[s].selector & ~3 == 0
                 and not c.segments[s].flags & 0x8000]
        if empty:
            return Finding(f"{empty[0].upper()} holds the null selector, and the code accesses memory "
                           "with it.",
                           "load DS, ES and SS with the data segment's selector after the far jump.")
    return None


def _far_return(case, c, one, name):
    size = 8 if one.rex & 8 else 2 if b"\x66" in one.prefixes else 4
    selector = case.read_number(c.stack + size, 2)
    wide = case.read_number(c.stack + 8, 2) if c.bits == 64 else None
    if c.bits == 64 and size != 8 and wide and (entry := case.gdt_entry(wide)) and entry.has("X"):
        return Finding(f"{name} without REX.W pops {size} bytes each in 64-bit code, but the values on the "
                       f"stack are 8 bytes each: it takes {selector:X}h for the selector, which is not a code "
                       "segment.",
                       f"write {'retfq (NASM: o64 retf; GAS: lretq)' if name == 'RETF' else 'iretq'}: "
                       "with the prefix REX.W it pops 8 bytes each.")
    return Finding(f"{name} is about to load the selector {selector or 0:X}h into CS, which is not a code "
                   "segment.",
                   "look at the stack's top: the address and then the code segment's selector must be "
                   "there.") if selector is not None and selector & ~3 == 0 else None
