"""Backtraces through assembly, which has no information about its frames.

The caller's address is on the stack: it is the word after a direct CALL to the current
function.  Hardly anything else on the stack can look like that.  An indirect call is not
found.
"""

DEPTH = 64                  # places on the stack that are searched


def find_return(read, stack, width, is_our_function):
    """(return address, stack's top after the return), or None.

    read(address, length) returns bytes, or b"" where nothing can be read; width is 16, 32
    or 64; is_our_function(address) tells whether the current function begins there."""
    size = width // 8
    memory = read(stack, DEPTH * size)
    for at in range(0, len(memory) - size + 1, size):
        address = int.from_bytes(memory[at:at + size], "little")
        target = called(read, address, width)
        if target is not None and is_our_function(target):
            return address, stack + at + size
    return None


def called(read, address, width):
    """The function that the direct CALL just before this address calls."""
    length = 2 if width == 16 else 4
    code = read(address - 1 - length, 1 + length) if address > 1 + length else b""
    if len(code) != 1 + length or code[0] != 0xe8:
        return None
    distance = int.from_bytes(code[1:], "little", signed=True)
    return address + distance & (1 << width) - 1


def saved_bp(read, stack, top, width, start, now):
    """The caller's BP: what was pushed first, if the function begins with PUSH BP."""
    size = width // 8
    if start is None or read(start, 1) != b"\x55" or top - 2 * size < stack:
        return now
    return int.from_bytes(read(top - 2 * size, size), "little")
