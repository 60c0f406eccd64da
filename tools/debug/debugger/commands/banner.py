"""The banner of every stop: mode, place, what changed and which control bit flipped."""

import contextlib

import gdb

from debugger import architecture, machine
from debugger.command import command, say
from firstlight import bits
from firstlight.cpu import MEANING, changed_registers

MOST = 8                    # registers listed; after a long run all have changed
EVERYWHERE = range(1 << 64)
_state = {"last": None, "quiet": ()}


@contextlib.contextmanager
def quiet_at(addresses):
    """A stop at one of these addresses is a step of a larger command: prints no banner."""
    _state["quiet"] = addresses
    try:
        yield
    finally:
        _state["quiet"] = ()


def lines(old, new):
    """The banner after the change from `old` to `new`; `old` is None at the first stop."""
    place = machine.place(new.pc)
    found = [f"[{new.mode}] {new.where()}" + (f"  {place}" if place else "")]
    if old is None:
        return found
    if old.mode != new.mode:
        found.append(f"  mode {old.mode} -> {new.mode}: {MEANING[new.mode]}")
    for register in ("CR0", "CR4", "EFER"):
        found += ["  " + change for change in
                  bits.changes(register, old.get(register.lower()), new.get(register.lower()))]
    changed = changed_registers(old, new)
    if changed:
        more = f", and {len(changed) - MOST} more" if len(changed) > MOST else ""
        found.append("  changed: " + ", ".join(changed[:MOST]) + more)
    flags = bits.changes("RFLAGS", old["rflags"], new["rflags"])
    if flags:
        found.append("  flags: " + ", ".join(flag.split(" (")[0].removeprefix("RFLAGS.")
                                             for flag in flags))
    return found


def at_stop():
    """Called by hook-stop, before GDB prints the frame."""
    machine.forget()
    if not machine.is_connected():
        return
    architecture.follow()
    machine.forget()
    if machine.cpu().pc not in _state["quiet"]:
        show()


def show():
    new = machine.cpu()
    say(lines(_state["last"], new))
    if "shutdown" in machine.monitor("info status"):
        say(["  The machine was about to reset and has been stopped; `why` explains the reason."])
    _state["last"] = new


@command("firstlight-stop")
def firstlight_stop(_):
    """What Firstlight does at every stop: follow the CPU's mode, print the banner.

    hook-stop calls it; there is no need to type it."""
    try:
        at_stop()
    except (gdb.error, gdb.GdbError, KeyError) as error:
        gdb.write(f"[firstlight: {error}]\n")


@command("firstlight-run")
def firstlight_run(_):
    """What Firstlight does before the guest continues; hook-continue calls it."""
    if machine.is_connected():
        architecture.prepare_to_run()
