"""Rules about loops without an end: what they wait for, and why it never comes."""

import re

from firstlight import trail
from firstlight.case import Finding
from firstlight.operand import decode

DUMMY_HANDLER = 0xfff53     # the BIOS's IRET for vectors that nobody uses
LINE_STATUS = 0x3fd
TRANSMITTER = re.compile(rb"\xec(?:\xa8|\x24|\x83\xe0)[\x20\x40\x60](?:\x84\xc0|\x85\xc0)?(?:\x75|\x0f\x85)", re.S)


def waits_for_memory(case):
    """A loop in real mode without interrupts that reads one place in memory again and again."""
    c = case.cpu
    if not case.is_alive or c.get("hlt") or c.has("rflags", "IF") or not case.trail or c.has("cr0", "PE"):
        return None
    block = case.trail[-1]
    if not block.holds(c.pc) or not re.match(rb"\x74|\x75", block.last.raw[:1]) \
            or block.last.end + int.from_bytes(block.last.raw[1:2], "little", signed=True) != block.start:
        return None
    return Finding(f"The loop at {case.name(block.start)} waits for memory to change, and nothing changes it: interrupts are "
                   "off.", "enable what changes it (STI, a handler, a device), or do not wait.")


def exception_in_real_mode(case):
    """An instruction that raises an exception again and again: the BIOS's handler only returns to it."""
    own = {place for place in case.places if not trail.is_firmware(place)}
    if not case.is_alive or case.cpu.mode != "real16" or DUMMY_HANDLER not in case.places or len(own) != 1:
        return None
    at = own.pop()
    code = case.read_physical(at, 8)
    one = decode(code, "real16")
    if one.opcode in (b"\xf6", b"\xf7") and one.reg in (6, 7):
        return Finding(f"A divide error, again and again: DIV at {case.name(at)} divides by zero, or its quotient is too large, "
                       "and the BIOS's handler returns to it.",
                       "check the divisor, and clear DX (or AH) before DIV.")
    return Finding(f"The bytes at {case.name(at)} ({code.hex(' ')}) are not an instruction in real mode: an invalid opcode, "
                   "again and again, as the BIOS's handler returns to it.",
                   "a jump went into data, the code was overwritten, or it is 32- or 64-bit code.")


def loop_reads_nothing(case):
    """A loop that tests a register and changes nothing."""
    c = case.cpu
    if not case.is_alive or c.get("hlt") or not case.trail or not case.kernel:
        return None
    block = next((b for b in reversed(case.trail) if b.holds(c.pc)), None)
    if block is None or len(block.instructions) > 3 or block.last.raw[0] not in range(0x70, 0x80):
        return None
    if block.last.end + int.from_bytes(block.last.raw[1:2], "little", signed=True) != block.start:
        return None
    for one in block.instructions[:-1]:
        d = decode(one.raw, c.mode)
        if d.opcode not in (b"\x84", b"\x85", b"\x3c", b"\x3d", b"\x83", b"\x80", b"\x39", b"\x3b", b"\xa8", b"\xf6",
                            b"\xf7", b"\x38", b"\x3a") or d.has_memory and d.opcode not in (b"\x3c", b"\x3d", b"\xa8"):
            return None
        if d.opcode in (b"\x83", b"\x80", b"\xf6", b"\xf7") and d.reg not in ((7,) if d.opcode in (b"\x83", b"\x80") else (0,)):
            return None
    return Finding(f"The loop at {case.name(block.start)} reads no memory: it tests a register that nothing in it changes, so "
                   "it never ends.",
                   "declare the variable volatile: without it the compiler reads it once, before the loop.")


def _target(one):
    """Where a conditional jump of one instruction goes."""
    if one.raw[0] in range(0x70, 0x80):
        return one.end + int.from_bytes(one.raw[1:2], "little", signed=True)
    if one.raw[:1] == b"\x0f" and one.raw[1] in range(0x80, 0x90):
        return one.end + int.from_bytes(one.raw[2:6], "little", signed=True)
    return None


def conditional_end(case):
    """A jump to itself where a condition was tested once: the loop of a variable that is not volatile."""
    c = case.cpu
    if not case.is_alive or not case.kernel or not c.has("rflags", "IF"):
        return None
    loop = next((block for block in case.trail if block.raw == b"\xeb\xfe" and block.start in case.places), None)
    if loop is None:
        return None
    for block in case.trail:
        target = _target(block.last)
        if target is None or loop.start not in (block.last.end, target):
            continue
        return Finding(f"The loop at {case.name(loop.start)} jumps to itself and reads no memory: its condition is tested "
                       f"once, before it, at {case.name(block.last.address)}.",
                       "declare the variable volatile: without it the compiler reads it once, before the loop; an interrupt "
                       "handler that changes it goes unnoticed.")
    return None


def serial_wait_inverted(case):
    """A loop that waits until COM1's transmitter is no longer ready."""
    if not case.is_alive or case.cpu.get("rdx") & 0xffff != LINE_STATUS:
        return None
    for block in case.trail:
        if any(block.holds(place) for place in case.places) and TRANSMITTER.search(block.raw) \
                and (_target(block.last) or 0) in range(block.start - 16, block.last.address):
            return Finding(f"The loop at {case.name(block.start)} waits for COM1's transmitter in the wrong direction: bit 5 of the line "
                           "status (3FDh) is 1 when it is ready, and the loop runs as long as it is 1, so it never ends.",
                           "invert the test: wait while bit 5 is 0.")
    return None
