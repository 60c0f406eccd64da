"""over, until-mode: run to a place that GDB's own stepping commands do not find."""

import gdb

from debugger import architecture, instruction, machine, mode_switch, scout
from debugger.command import command
from debugger.commands import banner, code
from firstlight.cpu import BITS
from firstlight.headers import constants

FAMILIES = {"real": "real16", "prot": "prot32", "protected": "prot32", "long": "long64",
            "compat": "compat32"}


class Silent(gdb.Breakpoint):
    """A breakpoint for a single run, about which GDB prints nothing."""

    def __init__(self, address, condition):
        super().__init__(f"*{address:#x}", type=gdb.BP_HARDWARE_BREAKPOINT, internal=True)
        self.silent = True
        self.condition_holds = condition

    def stop(self):
        machine.forget()
        return self.condition_holds is None or self.condition_holds(machine.cpu())


def run_to(addresses, condition=None):
    """Runs to one of the addresses; True if it stopped there, silently, and for no other reason."""
    first = machine.session.pop("first stop", None)
    if first and first.is_valid():              # the one at the MBR, if not reached yet
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
    """Prints banner and frame after a silent stop."""
    banner.show()
    gdb.execute("frame")


@command("over")
def over(_):
    """Executes one instruction, but int, call, rep and loop to their end, in every mode.

    GDB's own nexti follows `int` into the BIOS, because it cannot tell where that returns."""
    cpu = machine.cpu()
    step = code.disassemble(cpu.pc)[0]
    if not instruction.comes_back(step["asm"]):
        gdb.execute("stepi")
    elif run_to([cpu.pc + step["length"]]):
        show_stop()


def _step_quietly():
    gdb.execute("set suppress-cli-notifications on")
    try:
        with banner.quiet_at(banner.EVERYWHERE):
            gdb.execute("stepi")
    finally:
        gdb.execute("set suppress-cli-notifications off")


def _mode_changers(quiet):
    """Addresses where the mode may change: known in our own stages, loaded or not; otherwise scouted."""
    numbers, build, image = constants(), machine.session["build"], machine.image()
    stages = [(build / "stage1.bin", numbers["MBR_ADDRESS"]),
              (build / "stage2.bin", numbers["STAGE2_HEADER"])]
    if all(path.exists() for path, _ in stages):
        contents = [path.read_bytes() for path, _ in stages]
        with open(image, "rb") as file:
            code = slice(numbers["MBR_CODE_OFFSET"], numbers["MBR_SIGNATURE_OFFSET"])
            is_ours = file.read(numbers["SECTOR_SIZE"])[code] == contents[0][code]
        if is_ours:
            return [at for content, (_, base) in zip(contents, stages)
                    for at in mode_switch.candidates(content, base)]
    key = f"scouted {image} {quiet}"
    if key not in machine.session:
        gdb.write(f"A second QEMU runs {image} ahead, to find where it changes the mode.\n")
        machine.session[key] = scout.explore(image, quiet)
    return machine.session[key]


def _wanted(words):
    name = FAMILIES.get(words[0].lower(), words[0].lower()) if words else ""
    if name not in BITS:
        raise gdb.GdbError(f"until-mode takes a mode: {', '.join(FAMILIES)}, or exactly "
                           f"{', '.join(BITS)}.")
    return name


@command("until-mode")
def until_mode(words):
    """Runs until the CPU enters a mode: until-mode MODE [SECONDS].

    MODE is long, prot (32-bit), real, compat, or exactly real16, vm86, prot16, prot32,
    compat16, compat32, long64. Stops at each instruction that can change the mode, and
    steps over it.  In Firstlight's own image these places are known. For any other, a
    second QEMU runs ahead until it has found no new place for SECONDS (1) of guest time. It
    misses code that only runs after a key press, the BIOS's own mode changes, and changes
    by a hardware interrupt or an exception.  Any other breakpoint and Ctrl-C also end it."""
    wanted = _wanted(words)
    places = _mode_changers(float(words[1]) if len(words) > 1 else 1)

    def may_lead_there(cpu):
        if cpu.mode == wanted:
            return False
        ahead = mode_switch.next_mode(cpu, machine.read_linear(cpu.pc, 16), machine.read_linear)
        return ahead in (wanted, None)

    while may_lead_there(machine.cpu()) or run_to(places, may_lead_there):
        _step_quietly()
        if machine.cpu().mode == wanted:
            show_stop()
            return
    if machine.is_connected():
        gdb.write(f"Stopped before {wanted} was reached.\n")
