"""firstlight-attach and firstlight: the start of a session, and the list of commands."""

import contextlib
from pathlib import Path

import gdb

from debugger import machine, symbols
from debugger.command import ALL, command, say
from firstlight.headers import constants

INTERNAL = ("firstlight", "firstlight-attach", "firstlight-run", "firstlight-stop", "kill")


@command("firstlight-attach", gdb.COMPLETE_FILENAME)
def attach(words):
    """Attaches to a waiting QEMU: firstlight-attach BUILD SOCKET-OR-HOST:PORT [LOG [IMAGE ELF]].

    LOG is the file that QEMU writes with -d int,cpu_reset -D LOG; `why` reads it. IMAGE is what
    QEMU boots, BUILD/disk.img if it is not given; ELF has the symbols of its kernel."""
    if len(words) < 2:
        raise gdb.GdbError("firstlight-attach takes a build folder and QEMU's socket.")
    build, socket, log, image, elf = (words + [None] * 3)[:5]
    build = Path(build)
    machine.session["build"] = build
    if log:
        machine.session["log"] = Path(log)
        machine.session["folder"] = Path(log).parent
    if image:
        machine.session["image"] = Path(image)
    if gdb.selected_inferior().pid:
        raise gdb.GdbError("GDB is already attached to a program, perhaps by ~/.gdbinit: `make debug` "
                           "needs a GDB that is not.")
    symbols.load(build, image, Path(elf or build / "kernel.elf"))
    gdb.execute(f"target remote {socket}")
    if not log:                             # else tools/debug/debug.py ends QEMU
        gdb.events.gdb_exiting.connect(lambda _: end_qemu())
    # A hardware breakpoint writes nothing into memory, so it can be set before the code is loaded.
    machine.session["first stop"] = gdb.Breakpoint(
        f"*{constants()['MBR_ADDRESS']:#x}", type=gdb.BP_HARDWARE_BREAKPOINT, temporary=True)
    say(["", "The CPU is at the reset vector; no instruction has run yet.",
         "  continue          runs to the MBR's first instruction (7C00h)",
         "  hbreak NAME       sets a breakpoint in any stage: hbreak stage2_main, hbreak kernel_main",
         "  stepi, over, xi   step; step over int, call, rep, loop; disassemble what comes next",
         "  milestone NAME    runs to a milestone of the boot; without NAME, lists them",
         "  firstlight        lists all commands of this debugger",
         "  quit              ends QEMU as well",
         f"The guest's serial output goes to {build}/serial.log.", ""])


def end_qemu():
    """Uses QEMU's monitor: GDB's own `kill`, which `quit` sends, no longer ends a QEMU that
    was started with -no-shutdown (7.2 ended; 10 and 11 only pause)."""
    if machine.is_connected():
        with contextlib.suppress(gdb.error):    # fails because the connection is closed
            gdb.execute("monitor quit", to_string=True)


@command("kill")
def kill(_):
    """Ends QEMU."""
    end_qemu()


@command("firstlight")
def firstlight(_):
    """Firstlight's own commands; `help NAME` explains each."""
    say([f"{name:<12} {text}" for name, text in sorted(ALL) if name not in INTERNAL])
