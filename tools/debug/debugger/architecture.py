"""Keeps GDB's idea of the architecture equal to the CPU's actual mode.

GDB refuses to change the architecture that QEMU reports, unless it gets a target
description that fits: target_description.py makes them.
"""

import atexit
import tempfile
from pathlib import Path

import gdb

from debugger import machine, target_description
from debugger.target_description import ARCHITECTURES

_files = {}


def _description(width):
    """The file, in the folder of tools/debug/debug.py's session or in a temporary one."""
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
    """16, 32 or 64: the width that GDB assumes for code."""
    name = gdb.selected_inferior().architecture().name()
    return {name: width for width, name in ARCHITECTURES.items()}.get(name, 64)


def switch(width):
    """Each of the first steps fails half-way by design, because neither fits without the other.

    GDB 13 has accepted the description by then; GDB 16 and 18 need it again after the architecture.
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
    """Called at every stop: selects the architecture of the CPU's mode."""
    switch(machine.cpu().bits)


def prepare_to_run():
    """Called before `continue`: 32-bit registers cannot match a breakpoint above 4 GiB."""
    if current() == 64:
        return
    for breakpoint in gdb.breakpoints():
        if breakpoint.enabled and any(location.address and location.address >> 32
                                      for location in breakpoint.locations):
            switch(64)
            return
