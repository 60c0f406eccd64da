"""What a disassembled instruction does, as far as stepping needs to know."""

import re

# these return to the next instruction; everything else is one step
RETURNING = re.compile(r"^(?:(?:addr32|data16|data32|addr16|cs|ds|es|ss|fs|gs|lock|rex\S*)\s+)*"
                       r"(?:int\s|int3|into|call|lcall|callw?|rep|loop)")


def comes_back(text):
    """True for int, call, rep and loop, which `over` executes as one step."""
    return bool(RETURNING.match(text.strip()))
