"""Keeps GDB's idea of the architecture equal to the CPU's true mode.

GDB refuses to change the architecture that QEMU reports, unless it is given a
target description that fits: firstlight.target_description makes them.
"""

import atexit
import tempfile
from pathlib import Path

import gdb

from debugger import machine, target_description
from debugger.target_description import ARCHITECTURES

_files = {}


def _description(width):
    """The file; in the folder of tools/debug/debug.py's session, or in one of its own."""
    if not _files:
        folder = machine.session["folder"]
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="firstlight-gdb-")
            atexit.register(temporary.cleanup)
            folder = temporary.name
        for each in (16, 32):
            _files[each] = Path(folder, f"{ARCHITECTURES[each]}.xml")
            _files[each].write_text(target_description.xml(each))
    return _files[width]


def current():
    """16, 32 or 64: what GDB takes the code for."""
    name = gdb.selected_inferior().architecture().name()
    return {name: width for width, name in ARCHITECTURES.items()}.get(name, 64)


def switch(width):
    """The first of the two steps fails half-way by design: neither fits without the other."""
    if current() == width:
        return
    steps = (["unset tdesc filename", "set architecture i386:x86-64"] if width == 64 else
             [f"set tdesc filename {_description(width)}",
              f"set architecture {ARCHITECTURES[width]}"])
    for step in steps:
        try:
            gdb.execute(step, to_string=True)
        except gdb.error:
            pass


def follow():
    """At every stop: the architecture of the mode in which the CPU is."""
    switch(machine.cpu().bits)


def prepare_to_run():
    """Before `continue`: 32-bit registers can't match a breakpoint above 4 GiB."""
    if current() == 64:
        return
    for breakpoint in gdb.breakpoints():
        if breakpoint.enabled and any(location.address and location.address >> 32
                                      for location in breakpoint.locations):
            switch(64)
            return
