"""Rules about waiting for what cannot come: an interrupt that is blocked, a register that nothing changes, an absent drive."""

import re

from firstlight import on_paper, trail
from firstlight.case import Finding
from firstlight.operand import NAMES

CASCADE = 2                 # the line of the first PIC that only leads to the second
TO_MASK = rb"\xe6\xa1"      # OUT to the second PIC's mask
CONDITIONAL = rb"[\x70-\x7f]|\x0f[\x80-\x8f]"
ENOUGH = 8                  # interrupts that left all registers as they were
FRAME = 0x1000              # bytes above the top of the stack that are a function's own
CHANNELS = {0x1f0: "primary", 0x170: "secondary"}
STATUS = {base + offset: base for base in CHANNELS for offset in (7, 0x206)}
SELECT, SLAVE = 6, 0x10     # the drive's register of a channel, and its bit for drive 1
NO_DRIVE = (0x00, 0x7f, 0xff)


def cascade_masked(case):
    """A line of the second PIC is open and requested, and the first PIC masks the line of the second one."""
    c = case.cpu
    if not case.is_alive or len(case.pics) < 2 or not c.has("rflags", "IF") or not c.has("cr0", "PE"):
        return None
    master, slave = case.pics[:2]
    waiting = slave.requested & ~slave.masked
    # our loader masks all lines; elsewhere the BIOS has opened some
    was_opened = slave.masked and (case.kernel or trail.ran(case.trail, TO_MASK))
    if not waiting or not was_opened or not master.masked >> CASCADE & 1:
        return None
    line = (waiting & -waiting).bit_length() - 1
    gate = case.gate(slave.first_vector + line)
    if not gate or not gate.present:
        return None
    return Finding(f"IRQ {8 + line} is requested and open in the second PIC, and has a gate (vector {slave.first_vector + line:02X}h), but "
                   f"the first PIC masks line 2, through which the second one is connected: port 21h is {master.masked:02X}h.",
                   "clear bit 2 of port 21h as well: FBh opens the second PIC alone.")


def _blocked_line(case):
    """A line of the first PIC that is requested and open, and has a gate, and that never came; or None."""
    master = case.pics[0] if case.pics else None
    if not master or master.first_vector < 32:
        return None
    for line in (line for line in range(8) if master.requested & ~master.masked & 1 << line):
        gate = case.gate(master.first_vector + line)
        if gate and gate.present and not any(link.source == "hardware" for link in case.handled):
            return line
    return None


def interrupts_off(case):
    """A loop with IF = 0 reads memory again and again, and an interrupt for which all is ready is requested."""
    c = case.cpu
    if not case.is_alive or c.get("hlt") or c.has("rflags", "IF") or not c.has("cr0", "PE") or not case.trail:
        return None
    line = _blocked_line(case)
    run = on_paper.Run(case, {}).go() if line is not None else None
    if not run or not run.loops or run.asked or all(0 <= at - c.stack < FRAME for at in run.read):
        return None
    in_ring_3 = c.cs.selector & 3 == 3
    return Finding(f"The loop at {case.name(min(run.visited))}{' in ring 3' if in_ring_3 else ''} waits for memory to change with "
                   f"interrupts disabled (IF = 0): IRQ {line} is requested, is open in the PIC and has a gate, and it never arrives.",
                   "set bit 9 (IF) in the RFLAGS with which ring 3 is entered (what IRETQ pops, or R11 for SYSRET): ring 3 cannot "
                   "set it itself." if in_ring_3 else "STI before the loop, when the IDT is loaded and the PIC is programmed.")


def _came_and_changed_nothing(case, run):
    """Whether every line that is open interrupted this loop, and all registers stayed as they were."""
    came = case.handled[-ENOUGH:]
    if len(came) < ENOUGH or any(link.source != "hardware" or not link.cpu or link.cpu.pc not in run.visited for link in came):
        return False
    is_cascade_open = not case.pics[0].masked >> CASCADE & 1
    lines = {pic.first_vector + bit for number, pic in enumerate(case.pics) for bit in range(8) if not pic.masked >> bit & 1
             and (bit != CASCADE if number == 0 else is_cascade_open)}
    return lines <= {link.vector for link in came} and len({tuple(link.cpu.get(name) for name in NAMES) for link in came}) == 1


def registers_never_change(case):
    """A loop tests registers, HLT or not; the interrupts that come leave them alone."""
    c = case.cpu
    if not case.is_alive or not case.trail or not case.pics or not c.has("cr0", "PE") or not c.has("rflags", "IF"):
        return None
    run = on_paper.Run(case, {}).go()
    if not run.loops or run.asked or run.read or run.stored or not _came_and_changed_nothing(case, run):
        return None
    jump = next((one for one in map(run.instructions.get, run.visited) if one and re.match(CONDITIONAL, one.raw)), None)
    if jump is None:
        return None
    return Finding(f"The loop at {case.name(min(run.visited))} only compares registers and never reads memory again: the interrupts "
                   f"arrive, but their handlers cannot change these registers, so that the jump at {jump.address:X}h is taken forever.",
                   "declare the variable that it waits for volatile: without it the compiler reads it once, before the loop.")


def drive_absent(case):
    """A loop around IN from the status of an ATA channel on whose selected place no drive is."""
    c = case.cpu
    if not case.is_alive or c.get("hlt") or not case.trail:
        return None
    asked = on_paper.Run(case, {}).go().asked
    status = case.read_port(min(asked)) if len(asked) == 1 and asked <= STATUS.keys() else None
    if status not in NO_DRIVE:
        return None
    run = on_paper.Run(case, dict.fromkeys(asked, status)).go()
    if not run.loops or c.has("rflags", "IF") and any(not 0 <= at - c.stack < FRAME for at in run.read):
        return None                             # an interrupt may end it
    port, base = min(asked), STATUS[min(asked)]
    select = case.read_port(base + SELECT) or 0
    return Finding(f"The loop at {case.name(min(run.visited))} waits for the status of an ATA drive that does not exist: port "
                   f"{port:X}h always reads {status:02X}h, and port {base + SELECT:X}h ({select:02X}h) selects drive "
                   f"{'1 (the slave)' if select & SLAVE else '0 (the master)'} of the {CHANNELS[base]} channel.",
                   f"select the drive that is there (port {base + SELECT:X}h: E0h for drive 0, F0h for drive 1), and give up when the "
                   "status is 00h or FFh: nothing is connected.")
