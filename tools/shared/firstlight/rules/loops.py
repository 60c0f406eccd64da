"""Rules about loops without an end: what they wait for, and why it never comes."""

import re

from firstlight import on_paper, trail
from firstlight.case import Finding
from firstlight.operand import STORES, decode, variable

DUMMY_HANDLER = 0xfff53     # the BIOS's IRET for vectors that nobody uses
STORM = 8                   # divide errors in a row
LINE_STATUS = {0x3fd: "COM1", 0x2fd: "COM2", 0x3ed: "COM3", 0x2ed: "COM4"}
JUMPS = (b"\xeb", b"\xe9", b"\xe8", b"\xff", b"\xc3")
SET_TIMER = b"\xe6\x43"     # OUT to the timer's control port
CASCADE = 2                 # the line of the first PIC that only leads to the second
# what reaches the outside: OUT, calls, and string instructions
OUTWARD = (b"\xe6", b"\xe7", b"\xee", b"\xef", b"\xe8", b"\xff", b"\xa4", b"\xa5", b"\xaa", b"\xab")
READY, BUSY = 0x60, 0x00    # line status: bits 5 and 6 are the transmitter's,
OTHERS = (0, 1, 0x9f)       # and the others the receiver's: bit 0 is 1 when a byte has come
FRAME = 0x1000              # bytes above the top of the stack that are a function's own


def waits_for_memory(case):
    """A loop in real mode without interrupts that reads one place in memory again and again."""
    c = case.cpu
    if not case.is_alive or c.get("hlt") or c.has("rflags", "IF") or not case.trail or c.has("cr0", "PE"):
        return None
    run = on_paper.Run(case, {}).go()
    if not run.loops or run.asked or not run.read:
        return None
    return Finding(f"The loop at {case.name(min(run.visited))} waits for memory to change, and nothing changes it: interrupts are "
                   "off.", "enable what changes it (STI, a handler, a device), or do not wait.")


def exception_in_real_mode(case):
    """An instruction that raises an exception again and again: the BIOS's handler only returns to it."""
    own = {place for place in case.places if not trail.is_firmware(place)}
    if not case.is_alive or case.cpu.mode != "real16" or len(own) != 1:
        return None
    at = own.pop()
    code = case.read_physical(at, 8)
    one = decode(code, "real16")
    is_division = one.opcode in (b"\xf6", b"\xf7") and one.reg in (6, 7)
    is_storm = len(case.handled) >= STORM and not any(link.vector for link in case.handled[-STORM:])
    if DUMMY_HANDLER not in case.places and not (is_division and is_storm):     # samples may all miss the handler
        return None
    if is_division:
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


def _jump_to_itself(case):
    return next((block for block in case.trail if block.raw == b"\xeb\xfe" and block.start in case.places), None)


def _is_equal_now(case, jump, before):
    """Whether a JE or JNE found equality if it were executed now; None if it is not known what it tests.

    `before` has the instruction that ends at an address."""
    one = before.get(jump.address)
    if one is None or not re.match(rb"[\x74\x75]|\x0f[\x84\x85]", jump.raw):
        return None
    d, expected = decode(one.raw, "long64"), 0
    if d.opcode in (b"\x84", b"\x85") and not d.has_memory:     # TEST; MOV of the variable comes before it
        one = before.get(one.address)
        if one is None or decode(one.raw, "long64").opcode not in (b"\x8a", b"\x8b", b"\x0f\xb6"):
            return None
    elif d.opcode in (b"\x80", b"\x83") and d.reg == 7:         # CMP with a byte
        expected = int.from_bytes(one.raw[-1:], "little", signed=True)
    else:
        return None
    where = variable(one)
    value = case.read_number(*where) if where else None
    return None if value is None else value == expected % (1 << 8 * where[1])


def stale_condition(case):
    """A jump to itself, after one test of a variable that has changed since: it is not volatile."""
    loop = _jump_to_itself(case) if case.is_alive and case.kernel else None
    before = {one.end: one for block in case.own_blocks for one in block.instructions} if loop else {}
    for jump in (block.last for block in case.own_blocks if loop):
        target = _target(jump)
        if target is None or loop.start not in (jump.end, target):
            continue
        is_equal = _is_equal_now(case, jump, before)
        is_taken = is_equal == (jump.raw[len(jump.raw) == 6] & 1 == 0)
        if is_equal is None or (target if is_taken else jump.end) == loop.start:
            continue
        return Finding(f"The loop at {case.name(loop.start)} jumps to itself and reads no memory: its condition was tested "
                       f"once, before it, at {case.name(jump.address)}, and has changed since.",
                       "declare the variable volatile: without it the compiler reads it once, before the loop; an interrupt "
                       "handler that changes it goes unnoticed.")
    return None


def _does_nothing(case, handler):
    """Whether a handler that ran does nothing that is seen outside of the kernel's memory; False if it is not known."""
    ran = [one for block in case.own_blocks for one in block.instructions]
    start = next((number for number, one in enumerate(ran) if one.address == handler), None)
    for one in ran[start:start + 64] if start is not None else []:
        d = decode(one.raw, "long64")
        if d.opcode == b"\xcf":
            return True
        is_end_of_interrupt = d.opcode == b"\xe6" and d.rest[:1] in (b"\x20", b"\xa0")
        if d.opcode in OUTWARD and not is_end_of_interrupt:
            return False
        if d.opcode in STORES and d.has_memory and d.modrm & 7 not in (4, 5):
            return False                                        # through a pointer
        where = variable(one) if d.opcode in STORES and d.has_memory else None
        if where and not case.kernel.holds(where[0]):
            return False
    return False


def nobody_reads_what_handlers_change(case):
    """The timer was programmed, its handler only changes memory, and the program jumps to itself."""
    loop = _jump_to_itself(case) if case.is_alive and case.kernel and case.pics else None
    if not loop or not any(one.raw == SET_TIMER for block in case.own_blocks for one in block.instructions):
        return None
    lines = [pic.first_vector + bit for pic in case.pics for bit in range(8) if not pic.masked >> bit & 1
             and (pic is case.pics[0] and bit != CASCADE or pic is not case.pics[0])]
    gates = [case.gate(vector) for vector in lines]
    if not gates or not all(gate and gate.present and _does_nothing(case, gate.offset) for gate in gates):
        return None
    return Finding(f"The loop at {case.name(loop.start)} jumps to itself and reads no memory, and all that the handlers of the "
                   "enabled interrupts do is to change variables: nothing ever notices.",
                   "if it is to wait for a variable that a handler changes, declare that variable volatile: without it the "
                   "compiler reads it once, before the loop. If this is the end, halt: HLT in the loop.")


def serial_wait_inverted(case):
    """A loop that goes on because a serial port's transmitter is ready, and would end if it were not."""
    c = case.cpu
    if not case.is_alive or c.get("hlt"):
        return None
    runs = [on_paper.Run(case, dict.fromkeys(LINE_STATUS, READY | others)).go() for others in OTHERS]
    ready = runs[0]
    port = min(ready.asked, default=None)
    if not all(run.loops for run in runs) or len(ready.asked) != 1 or port not in LINE_STATUS:
        return None                             # it ends, or looks for something else as well
    if c.has("rflags", "IF") and any(not 0 <= at - c.stack < FRAME for at in ready.read):
        return None                             # an interrupt may change the variable that it tests
    busy = on_paper.Run(case, dict.fromkeys(LINE_STATUS, BUSY)).go()
    if busy.loops or busy.pc in ready.visited:
        return None
    return Finding(f"The loop at {case.name(min(ready.visited))} waits for {LINE_STATUS[port]}'s transmitter in the wrong direction: "
                   f"bit 5 of the line status ({port:X}h) is 1 when it is ready, and the loop runs as long as it is 1, so it "
                   "never ends.",
                   "invert the test: wait while bit 5 is 0.")
