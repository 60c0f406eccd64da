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
    """Each of the first steps fails half-way by design: neither fits without the other.

    GDB 13 has taken the description by then; GDB 16 and 18 want it again after the architecture.
    """
    if current() == width:
        return
    description = ("unset tdesc filename" if width == 64 else
                   f"set tdesc filename {_description(width)}")
    for step in (description, f"set architecture {ARCHITECTURES[width]}", description):
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
