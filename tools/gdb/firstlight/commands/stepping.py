"""over, until-mode: running to a place that GDB's own steps don't find."""

import gdb

from firstlight import architecture, instruction, machine, mode_switch
from firstlight.command import command
from firstlight.commands import banner, code
from firstlight.cpu import BITS
from firstlight.headers import constants

FAMILIES = {"real": "real16", "prot": "prot32", "protected": "prot32", "long": "long64",
            "compat": "compat32"}


class Silent(gdb.Breakpoint):
    """For one run; GDB says nothing of it."""

    def __init__(self, address, condition):
        super().__init__(f"*{address:#x}", type=gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        self.silent = True
        self.condition_holds = condition

    def stop(self):
        machine.forget()
        return self.condition_holds is None or self.condition_holds(machine.cpu())


def run_to(addresses, condition=None):
    """Runs until one of the addresses; True if that ended it, silently, and nothing else did."""
    first = machine.session.pop("first stop", None)
    if first and first.is_valid():              # the MBR's, if it was not reached yet
        first.delete()
    if any(address >> 32 for address in addresses):
        architecture.switch(64)                 # 32-bit registers would not match
    breakpoints = [Silent(address, condition) for address in addresses]
    try:
        with banner.quiet_at(addresses):
            gdb.execute("continue")
    finally:
        for breakpoint in breakpoints:
            if breakpoint.is_valid():
                breakpoint.delete()
    return machine.is_connected() and machine.cpu().pc in addresses


def show_stop():
    """Banner and frame of a silent stop."""
    banner.show()
    gdb.execute("frame")


@command("over")
def over(_):
    """One instruction, but int, call, rep and loop are run to their end, in every mode.

    GDB's own nexti follows `int` into the BIOS, because it can't tell where that returns."""
    cpu = machine.cpu()
    step = code.disassemble(cpu.pc)[0]
    if not instruction.comes_back(step["asm"]):
        gdb.execute("stepi")
    elif run_to([cpu.pc + step["length"]]):
        show_stop()


def _mode_changers():
    """Addresses in our own stages, loaded or not, where the mode may change."""
    numbers, build = constants(), machine.session["build"]
    found = []
    for name, base in (("stage1.bin", numbers["MBR_ADDRESS"]),
                       ("stage2.bin", numbers["STAGE2_ADDRESS"])):
        path = build / name
        if path.exists():
            found += mode_switch.candidates(path.read_bytes(), base)
    return found


def _wanted(words):
    name = FAMILIES.get(words[0].lower(), words[0].lower()) if words else ""
    if name not in BITS:
        raise gdb.GdbError(f"until-mode takes a mode: {', '.join(FAMILIES)}, or exactly "
                           f"{', '.join(BITS)}.")
    return name


@command("until-mode")
def until_mode(words):
    """Runs until the CPU is in a mode: until-mode long.

    long, prot (32-bit), real, compat, or exactly real16, prot16, prot32, compat32, long64.
    Stops at each instruction of stage 1 and stage 2 that can change the mode, looks ahead, and
    steps over the one that does. Any other breakpoint ends it, too."""
    wanted = _wanted(words)

    def leads_there(cpu):
        ahead = mode_switch.next_mode(cpu, machine.read_linear(cpu.pc, 16), machine.read_linear)
        return cpu.mode != wanted and ahead == wanted

    is_there = leads_there(machine.cpu()) or run_to(_mode_changers(), leads_there)
    if is_there:
        gdb.execute("stepi")
    if machine.is_connected() and machine.cpu().mode != wanted:
        gdb.write(f"Stopped before {wanted} was reached.\n")
