"""The file that QEMU logs exceptions to: only its end is wanted, and it may never cease to grow.

tools/debug/debug.py and tools/shared/logged_guest.py trim it while QEMU writes; what `why` reads is its tail.
"""

import contextlib
import ctypes
import os

MOST, KEPT, TAIL = 4 << 20, 2 << 20, 1 << 20        # bytes
PUNCH_HOLE_KEEP_SIZE = 3                            # fallocate(2): QEMU's place in it must not move
LIBC = ctypes.CDLL(None, use_errno=True)


def trim(path):
    """Gives back what it occupies on the disk, except for the end."""
    with contextlib.suppress(OSError), open(path, "r+b") as file:
        state = os.fstat(file.fileno())
        if state.st_blocks * 512 > MOST:
            LIBC.fallocate(file.fileno(), PUNCH_HOLE_KEEP_SIZE, ctypes.c_long(0),
                           ctypes.c_long(state.st_size - KEPT))


def tail(path):
    """Its end as text; "" if there is no such file."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
