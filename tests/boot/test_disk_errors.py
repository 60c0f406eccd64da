"""Disks that fail: the boot survives passing errors, and reports lasting ones.

QEMU's blkdebug makes reads of a sector fail, a number of times or always; the
BIOS reports them with status 0Ch.
"""

import struct

import pytest

from outcome import assert_boots, assert_loader_names, assert_names, assert_stage1_names
from project import IMAGE, LAYOUT, damaged_image

SECTOR = LAYOUT["SECTOR_SIZE"]
STAGE2 = LAYOUT["STAGE2_LBA"]
KERNEL = LAYOUT["KERNEL_LBA"]
ALWAYS = 0
READ_ERROR = """
[inject-error]
event = "read_aio"
errno = "5"
sector = "{sector}"
once = "{once}"
"""


def number_at(offset):
    """A 32-bit number of the image, which may not be built when tests are collected."""
    return struct.unpack_from("<I", IMAGE.read_bytes(), offset)[0] if IMAGE.exists() else 1


FIRST_LAST = STAGE2 + LAYOUT["STAGE2_FIRST_SECTORS"] - 1        # what stage 1 reads
STAGE2_LAST = STAGE2 + number_at(STAGE2 * SECTOR + LAYOUT["STAGE2_HEADER_SECTORS"]) - 1
KERNEL_LAST = KERNEL + (number_at(KERNEL * SECTOR + 12) + SECTOR - 1) // SECTOR
PLACES = {
    "header of stage 2": STAGE2,
    "last of the real-mode loader": FIRST_LAST,
    "first of the rest of stage 2": FIRST_LAST + 1,
    "last of stage 2": STAGE2_LAST,
    "header of the kernel": KERNEL,
    "first of the kernel": KERNEL + 1,
    "middle of the kernel": (KERNEL + KERNEL_LAST) // 2,
    "last of the kernel": KERNEL_LAST,
}
CONTROLLERS = {
    "IDE": {},
    "AHCI": {"machine": "q35"},
    "virtio": {"drive": "if=virtio"},
}
by_sector = pytest.mark.parametrize("sector", PLACES.values(), ids=PLACES.keys())
by_controller = pytest.mark.parametrize("options", CONTROLLERS.values(), ids=CONTROLLERS.keys())


@pytest.fixture
def bad_disk(boot, tmp_path):
    """bad_disk(sector, times) boots from a disk whose `sector` cannot be read `times` times.

    The image has no second copies: tests/boot/test_bitflips.py tests how they heal.
    """

    def start(sector, times, rules=None, **options):
        configuration = tmp_path / "blkdebug"
        once = "off" if times == ALWAYS else "on"
        configuration.write_text(rules or
                                 READ_ERROR.format(sector=sector, once=once) * max(times, 1))
        return boot(blkdebug=configuration, **{"image": damaged_image(tmp_path), **options})

    return start


# ---- passing errors ------------------------------------------------------------

@by_sector
@by_controller
def test_boots_after_one_read_error(bad_disk, sector, options):
    assert_boots(bad_disk(sector, 1, **options))


@by_sector
def test_boots_after_two_read_errors(bad_disk, sector):
    assert_boots(bad_disk(sector, 2))


@pytest.mark.full
@by_controller
@pytest.mark.parametrize("times", [3, 4, 5])
def test_stage_1_and_the_loader_survive_five_read_errors(bad_disk, times, options):
    for sector in (FIRST_LAST, STAGE2_LAST):
        assert_boots(bad_disk(sector, times, **options))


@by_controller
def test_stage_1_tries_six_times_on_the_drive_and_on_80h(bad_disk, options):
    assert_boots(bad_disk(STAGE2 + 1, 11, **options))
    assert_stage1_names(bad_disk(STAGE2 + 1, 12, **options), "READ", "0C")


@by_controller
def test_loader_tries_six_times(bad_disk, options):
    assert_boots(bad_disk(STAGE2_LAST, 5, **options))
    assert_loader_names(bad_disk(STAGE2_LAST, 6, **options), "STAGE2_READ",
                        f"LBA {STAGE2_LAST:04X}h, BIOS status 0Ch by EDD, 0Ch by CHS")


@pytest.mark.parametrize("first, times", [
    pytest.param(STAGE2, 1, id="each once"),
    pytest.param(STAGE2, 2, id="each twice"),
    pytest.param(FIRST_LAST + 1, 5, id="each of the loader's five times"),
])
def test_each_sector_gets_all_its_tries(bad_disk, first, times):
    """Every sector of stage 2 fails this many times; the sum is far more than one sector may."""
    rules = "".join(READ_ERROR.format(sector=sector, once="on") * times
                    for sector in range(first, STAGE2_LAST + 1))
    assert_boots(bad_disk(None, 1, rules=rules))


@by_controller
def test_stage_2_reads_smaller_pieces_after_three_errors(bad_disk, options):
    pc = bad_disk((KERNEL + KERNEL_LAST) // 2, 5, **options)
    assert_boots(pc)
    assert " by EDD, XXH32" in pc.serial


@pytest.mark.parametrize("length", [None, 16 << 20], ids=["the image's size", "16 MiB"])
def test_stage_2_reads_by_chs_after_many_errors(bad_disk, tmp_path, length):
    pc = bad_disk(KERNEL, 3, image=damaged_image(tmp_path, length=length))
    assert_boots(pc)
    assert " by CHS, XXH32" in pc.serial


# ---- lasting errors --------------------------------------------------------------

@by_sector
@by_controller
def test_names_the_sector_that_stays_unreadable(bad_disk, tmp_path, sector, options):
    pc = bad_disk(sector, ALWAYS, image=damaged_image(tmp_path, length=16 << 20), **options)
    if sector <= FIRST_LAST:
        assert_stage1_names(pc, "READ", "0C")
    elif sector <= STAGE2_LAST:
        assert_loader_names(pc, "STAGE2_READ", f"LBA {sector:04X}h, BIOS status 0Ch by EDD, 0Ch")
    else:
        assert_names(pc, "DISK_READ",
                     f"drive 80h, last LBA {sector}, BIOS status 0Ch by CHS, 0Ch by EDD Cause")


@pytest.mark.parametrize("sector", [
    pytest.param(STAGE2_LAST + 1, id="after stage 2"),
    pytest.param(KERNEL - 1, id="before the kernel"),
    pytest.param(KERNEL_LAST + 1, id="after the kernel"),
    pytest.param(LAYOUT["FLOPPY_SECTORS"] - 1, id="last of the disk"),
])
@by_controller
def test_bad_sector_that_is_not_needed_does_no_harm(bad_disk, sector, options):
    pc = bad_disk(sector, ALWAYS, **options)
    assert_boots(pc)
    assert " by EDD, XXH32" in pc.serial


@pytest.mark.full
@pytest.mark.parametrize("sector", range(STAGE2, STAGE2_LAST + 1))
def test_every_sector_of_stage_2(bad_disk, sector):
    pc = bad_disk(sector, ALWAYS)
    if sector <= FIRST_LAST:
        assert_stage1_names(pc, "READ", "0C")
    else:
        assert_loader_names(pc, "STAGE2_READ", f"LBA {sector:04X}h")


@pytest.mark.full
@pytest.mark.parametrize("sector", range(KERNEL, KERNEL_LAST + 1))
def test_every_sector_of_the_kernel(bad_disk, sector):
    pc = bad_disk(sector, ALWAYS)
    assert_names(pc, "DISK_READ", f"drive 80h, last LBA {sector}, BIOS status ")


# ---- floppies: QEMU's controller delivers zeros and calls that a success -----------

@pytest.mark.parametrize("place, error", [
    ("header of stage 2", "BAD_HEADER"),
    ("last of the real-mode loader", "BAD_SUM"),
])
def test_stage_1_notices_zeros_instead_of_a_sector(bad_disk, place, error):
    pc = bad_disk(PLACES[place], ALWAYS, drive="if=floppy")
    assert_stage1_names(pc, error, "00", drive="00")


def test_loader_notices_zeros_instead_of_a_sector(bad_disk):
    pc = bad_disk(PLACES["last of stage 2"], ALWAYS, drive="if=floppy")
    assert_loader_names(pc, "STAGE2_SUM", "\n  drive 00h, ")


@pytest.mark.parametrize("place, error, details", [
    ("header of the kernel", "HEADER_MAGIC", f"LBA {KERNEL} "),
    ("middle of the kernel", "KERNEL_HASH", f"LBA {KERNEL + 1} to {KERNEL_LAST}: XXH32 "),
])
def test_stage_2_notices_zeros_instead_of_a_sector(bad_disk, place, error, details):
    assert_names(bad_disk(PLACES[place], ALWAYS, drive="if=floppy"), error, details)


# ---- images cut short ----------------------------------------------------------------

SAMPLE = [1, 2, STAGE2_LAST, STAGE2_LAST + 1, 1024, KERNEL, KERNEL + 1, KERNEL + 2, KERNEL_LAST]
EVERY_64TH = [n for n in range(64, KERNEL_LAST + 1, 64) if n not in SAMPLE]


@pytest.mark.parametrize("sectors", SAMPLE + [pytest.param(n, marks=pytest.mark.full)
                                              for n in EVERY_64TH])
def test_image_cut_short_is_named(boot, tmp_path, sectors):
    pc = boot(image=damaged_image(tmp_path, length=sectors * SECTOR))
    if sectors <= FIRST_LAST:
        assert_stage1_names(pc, "READ", "..")
    elif sectors <= STAGE2_LAST:
        assert_loader_names(pc, "STAGE2_READ", f"\n  drive 80h, LBA {sectors:04X}h, ")
    else:
        first_missed = KERNEL if sectors <= KERNEL else KERNEL_LAST     # header, then the end
        assert_names(pc, "DISK_READ", f"drive 80h, last LBA {first_missed}, BIOS status ")


@by_controller
def test_image_may_end_with_the_kernel(boot, tmp_path, options):
    assert_boots(boot(image=damaged_image(tmp_path, length=(KERNEL_LAST + 1) * SECTOR), **options))
