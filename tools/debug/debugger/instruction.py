"""What a disassembled instruction does, as far as stepping cares."""

import re

# these come back to the next instruction; everything else is one step
RETURNING = re.compile(r"^(?:(?:addr32|data16|data32|addr16|cs|ds|es|ss|fs|gs|lock|rex\S*)\s+)*"
                       r"(?:int\s|int3|into|call|lcall|callw?|rep|loop)")


def comes_back(text):
    """Is this an int, call, rep or loop, which `over` runs as one?"""
    return bool(RETURNING.match(text.strip()))
