"""Finds where an unknown image changes the mode, with a second QEMU that runs ahead.

QEMU logs each block of code when it first reaches it (-d in_asm): its addresses and bytes.
Code before the boot sector belongs to the BIOS and is left out, and so are the BIOS's
services.  The scout runs without keys or breakpoints, so it does not see code that only
runs because of them.
"""

import re
import tempfile
from pathlib import Path

from debugger import mode_switch
from firstlight.headers import constants
from logged_guest import Guest

LINE = re.compile(r"^0x([0-9a-f]+):  ((?:[0-9a-f]{2} )+)", re.M)
FIRMWARE = ((0xc0000, 0x100000), (0xfffc0000, 0x100000000))
LONGEST = 10                # seconds of guest time
MOST = 400                  # breakpoints; an operating system has more places than are useful


def changers(log):
    """Addresses of the instructions in QEMU's log that can change the mode, in its order."""
    from_mbr = log.partition(f"0x{constants()['MBR_ADDRESS']:08x}:")
    found = {}
    for address, raw in LINE.findall("".join(from_mbr[1:])):
        at = int(address, 16)
        if not any(start <= at < end for start, end in FIRMWARE) \
                and mode_switch.is_changer(bytes.fromhex(raw)):
            found[at] = True
    return list(found)[:MOST]


def explore(image, quiet):
    """Runs the image until it has found no new place for `quiet` seconds, or has ended."""
    found, lived, since = [], 0, 0
    with tempfile.TemporaryDirectory(prefix="firstlight-scout-") as folder, \
            Guest(image, Path(folder), logged="in_asm") as guest:
        while since < quiet and lived < LONGEST and not guest.live(0.25):
            before, found = found, changers(guest.whole_log())
            lived, since = lived + 0.25, since + 0.25 if found == before else 0
        return changers(guest.whole_log())
