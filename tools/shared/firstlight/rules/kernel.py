"""Rules about a kernel that Firstlight's loader entered: its first function, and where it was linked."""

import re

from firstlight.case import SECTOR, Finding
from firstlight.headers import constants
from firstlight.operand import STORES, decode

MULTIBOOT = {b"\x02\xb0\xad\x1b": "Multiboot", b"\xd6\x50\x52\xe8": "Multiboot 2"}
HEADER_ROOM = 32768         # where Multiboot's headers are looked for
LINK_STEPS = 0x1000
IDENTITY = 1 << 32          # nobody links a kernel between this and the upper half: a smashed return address


def _payload(case, length):
    first = case.kernel.lba + 1
    count = min(length, case.kernel.file_bytes)
    return b"".join(case.sector(first + i) for i in range(-(-count // SECTOR)))[:count]


def for_another_loader(case):
    """The payload begins with what another loader looks for."""
    if not case.kernel:
        return None
    payload = _payload(case, HEADER_ROOM)
    entry = case.kernel.physical(case.kernel.entry) - case.kernel.load
    if case.is_alive and payload[entry:entry + 4] not in MULTIBOOT:     # executed, it may do no harm: QEMU 10 knows D6h
        return None
    for magic, name in MULTIBOOT.items():
        at = payload.find(magic)
        if at >= 0 and at % 4 == 0:
            return Finding(f"The kernel has a {name} header: it was written for GRUB, which starts it in 32-bit protected "
                           "mode with other registers, and Firstlight enters its first byte in 64-bit mode.",
                           "give Firstlight a kernel with a 64-bit entry (docs/boot-protocol.md), or boot this one with GRUB.")
    if payload[:4] == b"\x7fELF":
        return Finding("The kernel in the image is an ELF file: its first bytes are a header, not code.",
                       "make image KERNEL=my.elf flattens it; or use objcopy -O binary.")
    if payload[:2] == b"MZ":
        return Finding("The kernel in the image is a PE file (an EFI program or a Linux bzImage): its first bytes are a "
                       "header, not code.", "Firstlight takes flat 64-bit binaries and ELF64 files.")
    return None


def first_function_returned(case):
    """A RET took the first word above the loader's stack as its address."""
    blocks, top = case.own_blocks, constants()["STACK_TOP"]
    if not blocks:
        return None
    for before, block in zip(blocks, blocks[1:]):
        if case.is_loaded(block.start) and case.kernel.holds(block.start):
            continue
        if not case.is_loaded(block.start) and before.last.raw[:1] in (b"\xc3", b"\xc2") \
                and block.start == case.read_number(top):
            return _returned(case, before, block.start)
        break
    c = case.cpu
    if not case.is_alive and top < c["rsp"] <= top + 0x20 and not case.is_loaded(c.pc):
        return _returned(case, blocks[-1], c.pc)
    return None


def _returned(case, block, to):
    return Finding(f"The kernel's first function returned: the RET at {case.name(block.last.address)} took its address from "
                   f"above the loader's stack, and the CPU went on at {to:X}h.",
                   "nobody called it, so it must never return: end it with a loop around hlt; check also that the first "
                   "function in the file is the entry.")


def ran_on(case):
    """The code has no end: zeros, a string or the next function follow."""
    blocks = case.own_blocks
    away = case.away
    if not away or not blocks or away.fell_from is None or not case.kernel.holds(away.fell_from.address):
        return None
    last = away.fell_from
    after = {b"\xe8": "the call returned, and ", b"\xff": "the call returned, and ",
             b"\xf4": "an interrupt ended HLT, and "}.get(last.raw[:1], "")
    return Finding(f"The kernel ran on past its end: {after}after {last.text} at {case.name(last.address)} the CPU went into "
                   f"{away.kind}.",
                   "end the entry with a loop: hlt, then jmp back to it.")


def null_call(case):
    """A call or jump through a pointer that is 0 (or nearly)."""
    blocks = case.own_blocks
    for before, block in zip(blocks, blocks[1:]):
        if block.start < 0x400 and case.kernel.holds(before.start):
            one = decode(before.last.raw, case.cpu.mode)
            if one.opcode == b"\xff" or one.opcode in (b"\xc3", b"\xe8", b"\xe9"):
                verb = {b"\xff": "calls or jumps through a pointer", b"\xc3": "returns"}.get(one.opcode, "jumps")
                return Finding(f"The code at {case.name(before.last.address)} {verb} to address {block.start:X}h: a NULL pointer. "
                               "Page 0 is mapped, so nothing faults there.",
                               "find out which function pointer was never set; map page 0 not present in tables of your "
                               "own.")
            return None
    return None


def linked_elsewhere(case):
    """The kernel jumps to where it would be if it had been loaded at another address."""
    if not case.kernel:
        return None
    blocks, away = case.own_blocks, None
    for before, block in zip(blocks, blocks[1:]):
        if not case.is_loaded(block.start) and case.kernel.holds(before.start):
            away = (before, block.start)
            break
    fault = case.raised(14)
    if away is None and fault and not case.kernel.holds(fault.cpu["cr2"]) and blocks and fault.error & 16:
        away = (blocks[-1], fault.cpu["cr2"])
    if away is None or case.is_alive:
        return None
    before, target = away
    base = _link_address(case, target)
    if base is None or decode(before.last.raw, "long64").opcode not in (b"\xff", b"\xc3", b"\xe9", b"\xcb"):
        return None
    payload = _payload(case, case.kernel.file_bytes)
    offset = target - base
    if not payload[offset:offset + 4].strip(b"\0"):
        return None
    return Finding(f"The kernel jumps to {target:X}h, outside itself ({case.kernel.load:X}h to "
                   f"{case.kernel.load + case.kernel.memory_bytes:X}h): it seems to be linked for {base:X}h and is loaded at "
                   f"{case.kernel.load:X}h.",
                   f"make the image with LOAD=0x{case.kernel.physical(base):x}, or link it for {case.kernel.load:X}h.")


def _link_address(case, target):
    """A round address below the target, so that the target is inside the kernel's size."""
    size = case.kernel.memory_bytes
    for step in (0x100000, 0x10000, LINK_STEPS):
        base = target & ~(step - 1)
        if target - base < size and base != case.kernel.load and (base < IDENTITY or base >> 47):
            return base
    return None


def constructor_missing(case):
    """Addresses in .init_array that never ran."""
    if not case.kernel or not case.constructors:
        return None
    ran = {block.start for block in case.trail}
    missing = [at for at in case.constructors if at not in ran]
    if not missing:
        return None
    return Finding(f"The constructor at {case.name(missing[0])} was never called: .init_array names "
                   f"{len(case.constructors)}, and {len(missing)} of them did not run.",
                   "call every pointer from __init_array_start to __init_array_end (the linker script defines them and "
                   "keeps .init_array) before main.")


ROM = range(0xc0000, 0x100000)


def _loaded_constant(one):
    """(register, value) of a MOV or LEA of a constant in 64-bit code; None of anything else."""
    d = decode(one.raw, "long64")
    op, high = d.opcode[0], (d.rex & 1) << 3
    if 0xb8 <= op <= 0xbf and len(d.opcode) == 1:
        return (op & 7) | high, int.from_bytes(d.rest, "little")
    if d.opcode == b"\xc7" and not d.has_memory:
        return (d.modrm & 7) | high, int.from_bytes(d.rest[1:], "little", signed=True) & (1 << 64) - 1
    return None


def _store_address(one, known):
    """The constant address to which an instruction stores; None if there is none."""
    d = decode(one.raw, "long64")
    if d.opcode in (b"\xaa", b"\xab", b"\xa4", b"\xa5"):
        return known.get(7)
    if d.opcode not in STORES or not d.has_memory or d.opcode == b"\xff" and d.reg > 1:
        return None
    if d.modrm & 0xc7 == 4 and d.rest[1:2] == b"\x25":
        return int.from_bytes(d.rest[2:6], "little")
    if d.modrm & 7 in (4, 5) and d.modrm >> 6 == 0:
        return None
    return known.get((d.modrm & 7) | (d.rex & 1) << 3)


def _may_change(one):
    """The registers that an instruction may write, as far as its bytes name them."""
    d = decode(one.raw, "long64")
    if d.opcode in (b"\xe8", b"\xff", b"\x0f\xa2"):            # calls, CPUID
        return range(16)
    if len(d.opcode) == 1 and d.opcode[0] in range(0xa4, 0xb0):
        return (6, 7)                           # string instructions move RSI and RDI
    if len(d.opcode) == 1 and d.opcode[0] in range(0x50, 0x60):
        return (d.opcode[0] & 7 | (d.rex & 1) << 3,)
    target = () if d.has_memory else (d.modrm & 7 | (d.rex & 1) << 3,)
    return (d.reg | (d.rex & 4) << 1, *target)


def writes_to_rom(case):
    """A store to the firmware's read-only memory is lost without a fault."""
    known = {}
    for one in (one for block in case.own_blocks for one in block.instructions):
        at = _store_address(one, known)
        if at is not None and at in ROM:        # a range searches for None one by one
            return Finding(f"The code at {case.name(one.address)} writes to {at:X}h, in the firmware's read-only memory (ROM, "
                           "C0000h to FFFFFh): the store is lost and nothing faults.",
                           "use a range of type 1 (usable) from the memory map.")
        for register in _may_change(one):
            known.pop(register, None)
        constant = _loaded_constant(one)
        if constant:
            known[constant[0]] = constant[1]
    return None


LINK_BASES = (0, 0x1000, 0x7c00, 0x7e00, 0x8000, 0x10000, 0x20000, 0x200000, 0x400000, 0x1000000)


def text_elsewhere(case):
    """A pointer to one of the kernel's strings, as it would be at another load address."""
    if not case.kernel or case.chain:           # a wrong text faults nowhere
        return None
    payload = _payload(case, case.kernel.file_bytes)
    for one in (one for block in case.own_blocks for one in block.instructions):
        register, value = _loaded_constant(one) or (None, None)
        if value is None or case.kernel.holds(value) or register in (0, 1, 2):
            continue
        for base in (*LINK_BASES, constants()["KERNEL_BASE"]):
            offset = value - base
            if base != case.kernel.load and 4 <= offset < len(payload) and re.match(
                    rb"[\x20-\x7e\r\n\t]{4}", payload[offset:]) and payload[offset - 1] not in range(32, 127):
                text = re.match(rb"[\x20-\x7e]*", payload[offset:])[0][:24].decode()
                return Finding(f'The string "{text}" is read at {value:X}h, and it lies at {case.kernel.load + offset:X}h: the '
                               f"kernel is linked for {base:X}h and is loaded at {case.kernel.load:X}h.",
                               f"link it for {case.kernel.load:X}h (NASM: org), or make the image with another LOAD=.")
    return None


def begins_with_data(case):
    """The entry is not code."""
    if not case.kernel or not case.away or case.away.at != case.kernel.entry:
        return None
    return Finding(f"The kernel's entry at {case.kernel.entry:X}h is not code: {case.away.kind} are there. Data was linked before "
                   "the first function.",
                   "put the entry first in the linker script (*(.text.start)), or make the image with ENTRY=.")


def code_overwritten(case):
    """The kernel's code ran, or was to run, and is not what the image has."""
    if not case.kernel or case.is_alive and not case.away:
        return None
    for block in case.own_blocks:
        then = case.original(block.start, len(block.raw))
        if then and then != block.raw[:len(then)] and then.strip(b"\0"):
            return _overwritten(case, block.start)
    at = case.cpu.pc
    ran = next((one.raw for block in case.own_blocks for one in block.instructions if one.address == at), b"")
    size = len(ran) or 8                        # after the instruction may lie data, which may change
    then, now = case.original(at, size), case.read_linear(at, size)
    if len(then) == size and now and then != now:
        return _overwritten(case, at)
    return None


def _overwritten(case, at):
    c = case.cpu
    then, now = case.original(at, 8), case.read_linear(at, 8)
    if case.kernel.holds(c["cr3"] & ~0xfff) and case.original(c["cr3"] & ~0xfff, 1):
        by = f"CR3 is {c['cr3']:X}h: the kernel's page tables lie over its own code"
        advice = "reserve room for the page tables in .bss, aligned to 4096 bytes."
    elif case.kernel.holds(c["rsp"]) and at - 0x1000 <= case.kernel.physical(c["rsp"]) <= at + 0x1000:
        by, advice = f"the stack is there (RSP is {c['rsp']:X}h)", "put the stack into .bss, with enough room below its top."
    else:
        by, advice = "a store went over it", ("look for a pointer, an array or page tables with a fixed address inside "
                                              f"{case.kernel.load:X}h to {case.kernel.load + case.kernel.memory_bytes:X}h.")
    return Finding(f"The kernel's code at {case.name(at)} was overwritten: {then.hex(' ')} became {now.hex(' ')}; {by}.", advice)
