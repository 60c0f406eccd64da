"""A flipped bit is healed by the second copy, or reported: never a reset, a hang or a damaged boot.

One machine boots again and again; between two boots the bit is flipped in the image
that it reads from.  `make test` takes a sample, `make test-full` every bit of the headers and
2,000 bits of stage 2 and of the kernel.
"""

import random
import re
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest

from machine import Machine
from outcome import LOADER_END, MENU, STAGE1_END
from project import ERRORS, FULL, IMAGE, LAYOUT

SECTOR = LAYOUT["SECTOR_SIZE"]
PARTITION_ENTRY = struct.Struct("<8xII")        # first LBA and sectors
WORKERS = 2
SAMPLE = 12
MANY = 2000
BOOTS = 100             # of one QEMU, which grows and slows down with each
KERNEL_SPEAKS = "\nFirstlight v"
SECOND_COPY = "The first copy of stage 2 cannot be used"
BEGIN = re.compile(f"MBR error|{SECOND_COPY}|E6.: |Stage 1: ")        # the first words of every boot
END = re.compile(f"{KERNEL_SPEAKS}|{re.escape(MENU)}|{re.escape(LOADER_END)}|{STAGE1_END}")


class Layout:
    """Where the copies lie in the image, in bytes."""

    def __init__(self, image):
        table = LAYOUT["MBR_TABLE_OFFSET"]
        kernels = [PARTITION_ENTRY.unpack_from(image, table + 16 * n)[0] * SECTOR for n in (0, 1)]
        stage2 = [LAYOUT[name] * SECTOR for name in ("STAGE2_LBA", "STAGE2_COPY_LBA")]
        sectors, = struct.unpack_from("<I", image, stage2[0] + LAYOUT["STAGE2_HEADER_SECTORS"])
        first = LAYOUT["STAGE2_FIRST_SECTORS"] * SECTOR
        kernel_bytes, = struct.unpack_from("<I", image, kernels[0] + 12)
        self.places = {                         # offsets of both copies, and their length
            "header of stage 2": (stage2, LAYOUT["STAGE2_HEADER_SIZE"]),
            "real-mode loader": ([at + LAYOUT["STAGE2_HEADER_SIZE"] for at in stage2],
                                 first - LAYOUT["STAGE2_HEADER_SIZE"]),
            "stage 2": ([at + first for at in stage2], sectors * SECTOR - first),
            "header of the kernel": (kernels, SECTOR),
            "kernel": ([at + SECTOR for at in kernels], kernel_bytes),
        }


def bits_of(place, length):
    """Which bits of a place are flipped, each in a boot of its own."""
    bits = 8 * length
    if FULL and place.startswith("header"):
        return range(bits)
    return sorted(random.Random(place).sample(range(bits), MANY if FULL else SAMPLE))


class Rebooter:
    """A machine whose disk is changed from boot to boot."""

    def __init__(self, folder, image):
        folder.mkdir()
        self.path = folder / "disk.img"
        self.path.write_bytes(image)
        self.pc = Machine(self.path, "-no-shutdown", memory="32M").__enter__()
        self.pc.wait_for(lambda: KERNEL_SPEAKS in self.pc.serial, "first boot")

    def flip(self, offsets, mask):
        with self.path.open("r+b") as file:
            for offset in offsets:
                file.seek(offset)
                byte = file.read(1)[0]
                file.seek(offset)
                file.write(bytes([byte ^ mask]))

    def boot(self):
        """What COM1 prints from a reset to the kernel's first words or a final error."""
        start = len(self.pc.serial)
        self.pc.qmp_command("system_reset")

        def said():
            begin = BEGIN.search(self.pc.serial, start)
            return self.pc.serial[begin.start():] if begin else ""

        self.pc.wait_for(said, "first words")
        resets = self.resets()                  # SeaBIOS makes one of its own before it boots
        self.pc.wait_for(lambda: END.search(said()), "end of the boot")
        assert self.resets() == resets
        return said()

    def resets(self):
        """The resets until now.  COM1 may be ahead of QMP, whose reply follows all earlier events."""
        self.pc.qmp_command("query-status")
        return self.pc.resets

    def boot_with(self, offsets, mask):
        self.flip(offsets, mask)
        try:
            return self.boot()
        finally:
            self.flip(offsets, mask)


def names(place):
    """Errors that say that this place is damaged."""
    if place == "stage 2":
        return {"E61"}
    if place in ("header of stage 2", "real-mode loader"):
        letters = (re.escape(ERRORS[f"MBR_{name}"]) for name in ("BAD_HEADER", "BAD_SUM"))
        return {SECOND_COPY, *letters}
    if place == "kernel":
        return {"E55"}
    return {"E50", "E51"}


def sweep(folder, image, place, copies):
    """Flips bit after bit in `copies` of a place; returns what went wrong."""
    offsets, length = Layout(image).places[place]
    bits = bits_of(place, length)
    wrong = []

    def judge(bit, text):
        named = any(re.search(name, text) for name in names(place))
        if not named or (KERNEL_SPEAKS in text) != (copies == 1):
            wrong.append(f"bit {bit} of {place}: {text}")

    def work(number):
        machine = Rebooter(folder / str(number), image)
        try:
            for bit in bits[number * BOOTS:(number + 1) * BOOTS]:
                where = [at + bit // 8 for at in offsets[:copies]]
                judge(bit, machine.boot_with(where, 1 << bit % 8))
        finally:
            machine.pc.__exit__()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(-(-len(bits) // BOOTS))))
    return wrong


@pytest.mark.parametrize("place", ["header of stage 2", "real-mode loader", "stage 2",
                                   "header of the kernel", "kernel"])
@pytest.mark.parametrize("copies", [1, 2], ids=["in one copy", "in both"])
def test_flipped_bit_is_healed_or_named(tmp_path, place, copies):
    """Damage in one copy lets the boot continue, in both it stops; either way it is reported."""
    wrong = sweep(tmp_path, IMAGE.read_bytes(), place, copies)
    assert not wrong, "\n".join(wrong[:5])
