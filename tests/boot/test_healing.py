"""A kernel that arrives wrong: the second copy is tried, then both more carefully, then a message.

tests/boot/test_bitflips.py sweeps over the bits of our own image; here the order, the wording and
big kernels are tested.  tests/hostile/ simulates BIOSes that lie.
"""

import re

import pytest

from kernel_image import KERNEL, SAYS_HI, SECTOR, SECOND_PARTITION, kernel_image, read_number
from outcome import assert_names
from project import ERRORS

MIB = 1 << 20
BIG_LIMIT = 240         # seconds: 64 MiB come twice, through the PIO of an emulated disk
READ_ERROR = '[inject-error]\nevent = "read_aio"\nerrno = "5"\nsector = "{}"\n'


@pytest.fixture
def image(tmp_path):
    """image(size) makes an image with two copies of a kernel that says Hi."""
    def start(size=MIB // 2):
        kernel = tmp_path / "my.bin"
        block = bytes(range(251)) * 256
        kernel.write_bytes((SAYS_HI + block * (size // len(block) + 1))[:size])
        return kernel_image(tmp_path, kernel, copies=2)
    return start


def second_copy(path):
    return read_number(path, SECOND_PARTITION + 8) * SECTOR


def flip(path, *offsets):
    with path.open("r+b") as file:
        for offset in offsets:
            file.seek(offset)
            byte = file.read(1)[0]
            file.seek(offset)
            file.write(bytes([byte ^ 1]))


def tries(pc):
    return re.findall(r"Trying partition (\d), by (\w+), at most (\d+) sectors? per call\.", pc.serial)


@pytest.mark.parametrize("mib", [3, 64])
def test_damaged_big_kernel_boots_from_its_copy(boot, image, mib):
    path = image(mib * MIB + 17)
    flip(path, KERNEL + SECTOR + mib * MIB // 2)
    pc = boot(image=path, memory="256M")
    pc.wait_for(lambda: "Hi\n" in pc.serial, "greeting of the kernel", limit=BIG_LIMIT)
    first, second = KERNEL // SECTOR + 1, second_copy(path) // SECTOR + 1
    sectors = -(-(mib * MIB + 17) // SECTOR)
    assert re.search(rf"E55, the kernel is damaged:\r\n  partition 1, LBA {first} to "
                     rf"{first + sectors - 1}: XXH32 [0-9a-f]{{8}} found, [0-9a-f]{{8}} expected\.",
                     pc.serial)
    assert tries(pc) == [("2", "EDD", "127")]
    assert f"Loaded: LBA {second} to {second + sectors - 1} by EDD" in pc.serial
    assert pc.serial.count(f"Reading {'.' * mib}\r\n") == 2


def test_small_kernel_shows_no_progress(boot, image):
    pc = boot(image=image())
    pc.wait_for_text("Hi\n")
    assert "Reading" not in pc.serial


@pytest.mark.parametrize("offset, error", [(0, "HEADER_MAGIC"), (100, "HEADER_HASH"),
                                           (SECTOR + 9, "KERNEL_HASH")])
def test_damaged_copies_are_both_read_more_and_more_carefully(boot, image, offset, error):
    path = image()
    flip(path, KERNEL + offset, second_copy(path) + offset)
    pc = boot(image=path)
    assert_names(pc, error, "; partition 2, LBA ")
    assert tries(pc) == [("2", "EDD", "127"), ("1", "EDD", "1"), ("2", "EDD", "1"),
                         ("1", "CHS", "1"), ("2", "CHS", "1")]


def test_damage_of_different_kinds_in_both_copies_is_named(boot, image):
    """The first copy's header, the second one's kernel."""
    path = image()
    flip(path, KERNEL, second_copy(path) + SECTOR)
    pc = boot(image=path)
    assert_names(pc, "HEADER_MAGIC", "partition 1, LBA 2048; partition 2, LBA ")


def test_unreadable_sector_leads_to_the_copy_and_not_away_from_edd(boot, image, tmp_path):
    path = image()
    (tmp_path / "blkdebug").write_text(READ_ERROR.format(KERNEL // SECTOR + 9))
    pc = boot(image=path, blkdebug=tmp_path / "blkdebug")
    pc.wait_for_text("Hi\n")
    assert "0Ch by CHS, 0Ch by EDD" in pc.serial
    assert tries(pc) == [("2", "EDD", "127")]


def test_another_kernel_is_not_a_copy(boot, image, tmp_path):
    """The first kernel's payload is damaged; the second partition holds a different, intact one."""
    path = image()
    other = tmp_path / "other.bin"
    other.write_bytes(SAYS_HI + b"other")
    with path.open("r+b") as file, kernel_image(tmp_path, other).open("rb") as source:
        source.seek(KERNEL)
        file.seek(second_copy(path))
        file.write(source.read(2 * SECTOR))
    flip(path, KERNEL + SECTOR)
    pc = boot(image=path)
    assert_names(pc, "KERNEL_HASH", "partition 2, LBA ")
    assert ERRORS["NOT_A_COPY"].removeprefix("error ").split(": ")[1] in pc.serial
    assert tries(pc) == [("2", "EDD", "127"), ("1", "EDD", "1"), ("1", "CHS", "1")]
