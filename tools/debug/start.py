"""Firstlight's debugger: settings and commands.

tools/debug/debug.py loads this; by hand:

    (gdb) source tools/debug/start.py
    (gdb) firstlight-attach build localhost:1234
"""

import sys
from pathlib import Path

import gdb

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "shared")]

from debugger.commands import (attach, backtrace, banner, code, cpu_state,  # noqa: E402,F401
                                 memory, milestone, screen_and_disk, stepping, tables, why)

gdb.execute(f"source {HERE}/firstlight.gdb")
