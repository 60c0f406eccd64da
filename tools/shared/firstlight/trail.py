"""The trail of a boot: its blocks of code in the order in which the CPU first reached them.

QEMU writes each block to its log when it translates it (-d in_asm): addresses, bytes and
instructions, as they were at that moment.  Whatever overwrites the code later, the trail keeps it.
"""

import re
from typing import NamedTuple

from firstlight.headers import constants

LINE = re.compile(r"^0x([0-9a-f]+):  ((?:[0-9a-f]{2}(?: |$))+)[ \t]*(.*)$", re.M)
FIRMWARE = ((0xc0000, 0x100000), (0xfffc0000, 0x100000000))
MOST = 4000                 # blocks that are kept


class Instruction(NamedTuple):
    address: int            # linear
    raw: bytes
    text: str               # AT&T syntax

    @property
    def end(self):
        return self.address + len(self.raw)


class Block(NamedTuple):
    instructions: tuple

    @property
    def start(self):
        return self.instructions[0].address

    @property
    def end(self):
        return self.instructions[-1].end

    @property
    def last(self):
        return self.instructions[-1]

    @property
    def raw(self):
        return b"".join(instruction.raw for instruction in self.instructions)

    def holds(self, address):
        return self.start <= address < self.end


def is_firmware(address):
    return any(start <= address < end for start, end in FIRMWARE)


def read(log, is_inside=False):
    """The blocks from the boot sector's first one on, without the firmware's.

    A part of a log that begins later `is_inside`."""
    blocks = []
    for part in log.split("\nIN:")[1:]:
        code = part.partition("\n\n")[0]
        found = _instructions(code)
        if not found or is_firmware(found[0].address):
            continue
        if is_inside or blocks or found[0].address == constants()["MBR_ADDRESS"]:
            blocks.append(Block(found))
        if len(blocks) == MOST:
            break
    return blocks


def _instructions(code):
    """One for each line; a line without text continues the bytes of the one before."""
    found = []
    for address, raw, text in LINE.findall(code):
        if text.strip() or not found:
            found.append(Instruction(int(address, 16), bytes.fromhex(raw), text.strip()))
        else:
            found[-1] = found[-1]._replace(raw=found[-1].raw + bytes.fromhex(raw))
    return tuple(found)


def ran(blocks, *patterns):
    """The instructions whose bytes match one of these patterns, in the order in which they ran."""
    return [instruction for block in blocks for instruction in block.instructions
            if any(re.match(pattern, instruction.raw, re.S) for pattern in patterns)]


def start(log):
    """Where in the log the boot sector is entered; its end if that never happens."""
    at = log.find(f"\n0x{constants()['MBR_ADDRESS']:08x}:")
    return at if at >= 0 else len(log)
