"""milestone: the milestones of the boot; lists them, or runs to one."""

import gdb

from debugger import machine
from debugger.command import command, say
from debugger.commands import stepping
from firstlight.headers import constants, structure, table

STAMP = "milestone_stamp"   # stage 2 and the kernel each have one; the number comes first
RECORDER = structure("recorder.h", "recorder")
ENTRY = structure("recorder.h", "recorder_entry")


def milestones():
    return {name: (number, text) for number, name, text in table("milestones.def", "MILESTONE")}


def passed():
    """The stamps so far: {number: fields}; {} before stage 2 started its recorder."""
    numbers = constants()
    memory = machine.read_physical(numbers["RECORDER_ADDRESS"], RECORDER.size)
    head = RECORDER.unpack(memory)
    if head["magic"] != numbers["RECORDER_MAGIC"]:
        return {}
    stamps = (ENTRY.unpack(memory, head["entries"] + i * ENTRY.size)
              for i in range(min(head["count"], numbers["RECORDER_MAX"])))
    return {stamp["milestone"]: stamp for stamp in stamps}


def _list():
    stamps = passed()
    lines = []
    for name, (number, text) in milestones().items():
        state = f"passed, data {stamps[number]['data']:X}h" if number in stamps else "not yet"
        lines.append(f"{number:2}  {name:<16} {text:<16} {state}")
    say(lines)


def _argument(cpu):
    """The first argument at a function's first instruction."""
    if cpu.bits == 64:
        return cpu["rdi"] & 0xffffffff
    return int.from_bytes(machine.read_linear(cpu.stack + 4, 4), "little")


def _return_address(cpu):
    size = cpu.bits // 8
    return int.from_bytes(machine.read_linear(cpu.stack, size), "little")


def _addresses(function):
    """Where functions with that name begin: GDB's own breakpoints are after the prologue."""
    found = set()
    for symbol in gdb.lookup_static_symbols(function) + _global_symbols(function):
        found.add(int(symbol.value().address) & 0xffffffffffffffff)
    return found


def _global_symbols(function):
    found = []
    for objfile in gdb.objfiles():
        symbol = objfile.lookup_global_symbol(function)
        if symbol:
            found.append(symbol)
    return found


@command("milestone")
def milestone(words):
    """Shows the milestones of the boot, or runs to one.

    milestone         all of them, and which have been passed
    milestone NAME    runs until that one is stamped, and to the line after it"""
    if not words:
        _list()
        return
    name = words[0].upper()
    if name not in milestones():
        raise gdb.GdbError(f"Unknown milestone {name}. The milestones are: "
                           f"{', '.join(milestones())}.")
    number, text = milestones()[name]
    if number in passed():
        raise gdb.GdbError(f"{name} has already been passed; start a new session to see it again.")

    def is_it(cpu):
        return _argument(cpu) == number

    if stepping.run_to(_addresses(STAMP), is_it):
        if stepping.run_to([_return_address(machine.cpu())]):
            gdb.write(f"Milestone {name}: {text}\n")
            stepping.show_stop()
