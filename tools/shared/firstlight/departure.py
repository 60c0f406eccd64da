"""Where a boot left its code: the first place where the CPU executed what is not code."""

import re
from typing import NamedTuple

from firstlight.trail import Instruction

ZEROS = 3                   # instructions of 00 00 in a row: never code
NOPS = 64                   # in a row
VECTORS_END = 0x500         # real mode's vectors and the BIOS's data


class Departure(NamedTuple):
    at: int                 # the first address that is not code
    before: Instruction     # what ran right before it in the trail; None if unknown
    fell_from: Instruction  # the instruction that ends right there, if any ran; None after a jump
    kind: str               # zeros, FFh, NOPs, vectors or text


def _kind_of(block, original):
    """What the block is if it is not code, and the index of the instruction where that begins."""
    run = 0
    for number, one in enumerate(block.instructions):
        run = run + 1 if not one.raw.strip(b"\0") else 0
        if run == ZEROS:
            return "zeros", number - ZEROS + 1
    if block.raw[:2] == b"\xff\xff":
        return "FFh", 0
    if len(block.instructions) >= NOPS and not block.raw[:NOPS].strip(b"\x90"):
        return "NOPs", 0
    if block.start < VECTORS_END:
        return "vectors", 0
    start = original(block.start)
    if not start.startswith(block.raw[:8]):
        start = block.raw                   # another boot sector was loaded there
    if re.match(rb"[\x20-\x7e]{8}", start) and len(re.findall(rb"[a-z ]", start[:8])) >= 5:
        return "text", 0
    return "", 0


def find(blocks, original=lambda address: b""):
    """The first Departure of a trail, or None.

    `original` is a function: (address) -> 8 bytes that the image has for it, or b""."""
    ends = {}
    before = None
    for block in blocks:
        kind, number = _kind_of(block, original)
        if kind:
            first = block.instructions[number]
            if number:
                before = block.instructions[number - 1]
                ends[before.end] = before
            return Departure(first.address, before, ends.get(first.address), kind)
        for one in block.instructions:
            ends[one.end] = one
        before = block.last
    return None
