"""Kind modes: the CPU's modes on the way to the kernel, traced with the debugger, and the bits
that flipped at each change.
"""

import re

from drawing import flow
from page import Block
from sessions import run_gdb

WAY = ("prot16", "prot32", "compat32", "long64")
WORDS = {"real16": "real mode", "prot16": "protected mode, 16-bit code",
         "prot32": "protected mode, 32-bit code", "compat32": "long mode, 32-bit code",
         "long64": "long mode, 64-bit code"}


class Trace:
    """Stands for a marker's command: run_gdb() reads its text only."""

    def __init__(self, text):
        self.text = text


def draw(_, options, build):
    block = Block("gdb", "modes", {}, [], "", None, (0, 0), "")
    outputs = run_gdb(block, [Trace(f"until-mode {mode}") for mode in WAY], build)
    rows, before = [f"real16: {WORDS['real16']}"], "real16"
    for mode, output in zip(WAY, outputs):
        if f"[{mode}]" not in output:
            raise ValueError(f"the debugger did not reach {mode}: {output}")
        flips = re.findall(r"((?:CR\d|EFER)\.\w+) 0 -> 1", output)
        rows += [f"{mode}: {WORDS[mode]}",
                 f"{before} -> {mode}: {' '.join(f'{flip}=1' for flip in flips) or 'far jump'}"]
        before = mode
    return flow.draw(rows, options, build)
