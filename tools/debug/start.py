"""Firstlight's debugger: settings and commands.

tools/debug/debug.py loads this; by hand:

    (gdb) source tools/debug/start.py
    (gdb) firstlight-attach build localhost:1234
"""

import contextlib
import re
import sys
from pathlib import Path

import gdb

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "shared")]

from debugger.commands import (attach, backtrace, banner, code, cpu_state,  # noqa: E402,F401
                                 memory, milestone, screen_and_disk, stepping, tables, why)

gdb.execute(f"source {HERE}/defaults.gdb", to_string=True)
gdb.execute(f"source {HERE}/firstlight.gdb")
# The debug information calls the folder of the sources "."
root = re.sub(r"([^A-Za-z0-9_./-])", r"\\\1", str(HERE.parents[1]))
gdb.execute(f"set substitute-path . {root}")
with contextlib.suppress(gdb.error):        # GDB 18 marks errors with an emoji, 13 and 16 have none
    gdb.execute("set style emoji off")
