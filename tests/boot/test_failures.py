"""Boots that must fail: each with its own message, without a reset; a key lets the BIOS continue."""

import re

import pytest

from outcome import LOADER_END, wait_for_stage1_end
from project import ERRORS, LAYOUT, damaged_image

SECTOR = LAYOUT["SECTOR_SIZE"]
STAGE2 = LAYOUT["STAGE2_LBA"] * SECTOR
KERNEL = LAYOUT["KERNEL_LBA"] * SECTOR
PARTITION = LAYOUT["MBR_TABLE_OFFSET"]


def wait_for_failure(pc, error):
    """The message is on COM1 and on the screen, and asks for a key."""
    pc.wait_for_text(ERRORS[error])
    if error.startswith("MBR_"):            # below what the BIOS has left on the screen
        wait_for_stage1_end(pc)
        pc.wait_for_screen_text(pc.serial.replace("\r", "").rstrip("\n"))
        return
    pc.wait_for_text(LOADER_END if error.startswith("STAGE2_") else
                     "n for the next boot device.\r\n")
    pc.wait_for_screen_text(ERRORS[error])
    pc.wait_for_screen_like_serial()


def assert_fails(pc, error):
    """It fails with this message and no other; then a key makes the BIOS try the next device."""
    wait_for_failure(pc, error)
    pc.press("n")
    pc.wait_for_screen_text("No bootable device")
    assert pc.qmp_command("query-status")["status"] == "running"
    assert pc.resets == 0
    errors = re.findall(r"error \w+", pc.serial)
    assert errors[:1] == re.findall(r"error \w+", ERRORS[error])
    assert len(errors) == (2 if error.startswith("MBR_") else 1)    # stage 1: twice the same drive


@pytest.mark.parametrize("cpu", ["qemu32", "pentium3", "486"])
def test_cpu_without_long_mode(boot, cpu):
    assert_fails(boot(cpu=cpu), "NO_LONG_MODE")


@pytest.mark.parametrize("offset, error", [
    pytest.param(STAGE2 + LAYOUT["STAGE2_HEADER_MAGIC"], "MBR_BAD_HEADER", id="magic of stage 2"),
    pytest.param(STAGE2 + LAYOUT["STAGE2_HEADER_SECTORS"] + 2, "MBR_BAD_SUM",
                 id="sectors of stage 2"),
    pytest.param(STAGE2 + SECTOR + 1000, "MBR_BAD_SUM", id="real-mode loader"),
    pytest.param(STAGE2 + LAYOUT["STAGE2_FIRST_SECTORS"] * SECTOR, "STAGE2_SUM",
                 id="first byte of the rest of stage 2"),
    pytest.param(STAGE2 + 10 * SECTOR, "STAGE2_SUM", id="code of stage 2"),
    pytest.param(PARTITION, "NO_PARTITION", id="active flag"),
    pytest.param(KERNEL, "HEADER_MAGIC", id="magic of the kernel"),
    pytest.param(KERNEL + 12, "HEADER_HASH", id="size of the kernel"),
    pytest.param(KERNEL + SECTOR - 1, "HEADER_HASH", id="hash of the kernel's header"),
    pytest.param(KERNEL + SECTOR, "KERNEL_HASH", id="first byte of the kernel"),
    pytest.param(KERNEL + SECTOR + 5000, "KERNEL_HASH", id="middle of the kernel"),
])
def test_flipped_bit(boot, tmp_path, offset, error):
    assert_fails(boot(image=damaged_image(tmp_path, flip=offset)), error)


def flip_in_opposite_ways(data, first, second):
    """In two sectors, the first bit that is set in one of them and clear in the other."""
    at = next(n for n in range(SECTOR) if data[first + n] != data[second + n])
    bit = data[first + at] ^ data[second + at]
    for sector in first, second:
        data[sector + at] ^= bit & -bit


def exchange(data, first, second):
    a, b = slice(first, first + SECTOR), slice(second, second + SECTOR)
    data[a], data[b] = data[b], data[a]


@pytest.mark.parametrize("damage", [flip_in_opposite_ways, exchange])
def test_damage_that_a_plain_sum_of_stage_2_would_not_show(boot, tmp_path, damage):
    path = damaged_image(tmp_path)
    data = bytearray(path.read_bytes())
    first = STAGE2 + LAYOUT["STAGE2_FIRST_SECTORS"] * SECTOR
    damage(data, first, first + SECTOR)
    path.write_bytes(data)
    assert_fails(boot(image=path), "STAGE2_SUM")


@pytest.mark.parametrize("length, error", [
    pytest.param(SECTOR, "MBR_READ", id="after the MBR"),
    pytest.param(STAGE2 + 2 * SECTOR, "MBR_READ", id="inside the real-mode loader"),
    pytest.param(STAGE2 + 5 * SECTOR, "STAGE2_READ", id="inside stage 2"),
    pytest.param(KERNEL // 2, "DISK_READ", id="before the kernel"),
    pytest.param(KERNEL + 2 * SECTOR, "DISK_READ", id="inside the kernel"),
])
def test_truncated_image(boot, tmp_path, length, error):
    assert_fails(boot(image=damaged_image(tmp_path, length=length)), error)


def test_too_little_memory(boot):
    assert_fails(boot(memory="1M"), "NO_ROOM")


def test_mbr_names_status_and_drive_each_time_that_both_copies_fail(boot, tmp_path):
    pc = boot(image=damaged_image(tmp_path, length=3 * SECTOR))
    wait_for_stage1_end(pc)
    assert pc.serial == 2 * "MBR error R 0C 80. Key?\r\n"


def test_loader_names_the_sector_for_both_copies(boot, tmp_path):
    """Then the first error is printed with its advice, also on the debug port."""
    log = tmp_path / "e9"
    pc = boot("-debugcon", f"file:{log}", image=damaged_image(tmp_path, length=7 * SECTOR))
    wait_for_failure(pc, "STAGE2_READ")
    lines = pc.serial.splitlines()
    second = LAYOUT["STAGE2_COPY_LBA"] + LAYOUT["STAGE2_FIRST_SECTORS"]
    for title, where, lba in zip(lines[0:4:2], lines[1:4:2], (7, second)):
        assert title == "E60: stage 2 could not be read:"
        assert re.fullmatch(rf"  drive 80h, LBA {lba:04X}h, BIOS status 0.h by EDD, 0.h by CHS\.",
                            where)
    assert lines[4:6] == ["", "Stage 2: error E60: stage 2 could not be read"]
    assert lines[6].startswith("  Cause: INT 13h ") and lines[7].startswith("  Try:   write ")
    pc.type_serial("x")
    pc.wait_for_screen_text("No bootable device")
    pc.qmp_command("quit")
    pc.wait_for(lambda: not pc.running, "end of QEMU")
    assert log.read_text().splitlines() == lines


def test_serial_key_is_also_accepted(boot):
    pc = boot(cpu="qemu32")
    wait_for_failure(pc, "NO_LONG_MODE")
    pc.type_serial("n")
    pc.wait_for_screen_text("No bootable device")


@pytest.mark.parametrize("key", ["r", "c"])
def test_key_tries_again(boot, tmp_path, key):
    # padded: a floppy-sized image ends inside a cylinder of a hard disk, out of reach of CHS
    pc = boot(image=damaged_image(tmp_path, flip=KERNEL + SECTOR, length=16 << 20))
    wait_for_failure(pc, "KERNEL_HASH")
    first, vectors = len(pc.serial), pc.memory(0, 1024)
    pc.press(key)
    pc.wait_for_text(ERRORS["KERNEL_HASH"], after=first)
    assert pc.memory(0, 1024) == vectors        # the vector of INT 60h pointed to stage 1
    assert (f"  CHS: LBA {LAYOUT['KERNEL_LBA']}, 1 sectors" in pc.serial[first:]) == (key == "c")
    assert pc.resets == 0


def test_failure_without_a_serial_port(boot, tmp_path):
    pc = boot(image=damaged_image(tmp_path, flip=STAGE2 + SECTOR), serial=False)
    pc.wait_for_screen_text(ERRORS["MBR_BAD_SUM"])
    assert pc.resets == 0


def test_held_shift_forces_chs_and_prints_every_transfer(boot, tmp_path):
    # The BIOS discards keys pressed before it set up the keyboard; its menu shows that it has.
    pc = boot("-boot", "menu=on,splash-time=2000", image=damaged_image(tmp_path, length=16 << 20))
    pc.wait_for_screen_text("Press ESC for boot menu")
    down = {"type": "key", "data": {"down": True, "key": {"type": "qcode", "data": "shift"}}}
    pc.qmp_command("input-send-event", events=[down])
    pc.wait_for_prompt()
    assert "  E820h: base 0x0 " in pc.serial
    assert "  CHS: LBA 2048, 1 sectors: status 00h" in pc.serial
    assert " by CHS, XXH32 " in pc.serial


def test_message_is_also_on_the_debug_port(boot, tmp_path):
    log = tmp_path / "e9"
    pc = boot("-debugcon", f"file:{log}", cpu="qemu32")
    wait_for_failure(pc, "NO_LONG_MODE")
    pc.qmp_command("quit")
    pc.wait_for(lambda: not pc.running, "end of QEMU")
    assert log.read_text().splitlines() == pc.serial.splitlines()
