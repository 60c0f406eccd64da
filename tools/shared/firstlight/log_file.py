"""QEMU's log of exceptions: only its end is needed, and it may never stop growing.

tools/debug/debug.py and tools/shared/logged_guest.py trim it while QEMU writes; `why` reads its tail.
"""

import contextlib
import ctypes
import os

MOST, KEPT, TAIL = 4 << 20, 2 << 20, 1 << 20        # bytes
PUNCH_HOLE_KEEP_SIZE = 3                            # fallocate(2): QEMU's offset must not move
LIBC = ctypes.CDLL(None, use_errno=True)


def trim(path):
    """Frees its disk space, except for the end."""
    with contextlib.suppress(OSError), open(path, "r+b") as file:
        state = os.fstat(file.fileno())
        if state.st_blocks * 512 > MOST:
            LIBC.fallocate(file.fileno(), PUNCH_HOLE_KEEP_SIZE, ctypes.c_long(0),
                           ctypes.c_long(state.st_size - KEPT))


def tail(path):
    """The end of the file as text; "" if there is no such file."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
