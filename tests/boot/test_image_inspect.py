"""firstlight-image inspect, verify and compare: every byte explained, damage found where it is."""

import json
import os
import random
import struct
import subprocess

import pytest

from image_tool import TOOL, changed_image, make_image, run
from kernel_image import KERNEL, SAYS_HI, SECOND_PARTITION, SECTOR, read_number
from machine import require
from project import IMAGE, LAYOUT, without_copies

MIB = 1 << 20
STAGE2 = LAYOUT["STAGE2_LBA"] * SECTOR
COPY = LAYOUT["STAGE2_COPY_LBA"] * SECTOR


def inspect(path):
    status, output = run("inspect", "--json", path)
    return status, json.loads(output)


def damaged(tmp_path, offset):
    return changed_image(tmp_path, offset, bytes([IMAGE.read_bytes()[offset] ^ 1]))


def test_findings_cover_the_image_without_gaps():
    status, report = inspect(IMAGE)
    assert status == 0 and report["healthy"] and "second copies" in report["verdict"]
    end = 0
    for finding in report["findings"]:
        assert finding["first"] == end, finding
        end = finding["last"] + 1
    assert end == IMAGE.stat().st_size


def test_text_and_json_say_the_same():
    text = run("inspect", IMAGE)[1]
    for finding in inspect(IMAGE)[1]["findings"]:
        assert f"{finding['name']}: {finding['text']}" in text


@pytest.mark.parametrize("offset, name, text", [
    (0, "MBR: jump", "not Firstlight's first bytes"),
    (510, "MBR: magic number", "not 55h AAh"),
    (STAGE2, "stage 2: header", "magic"),
    (STAGE2 + 99, "stage 2: real-mode loader", "00000000 expected"),
    (STAGE2 + 5 * SECTOR, "stage 2: code", " expected"),
    (COPY + 600, "stage 2, copy: real-mode loader", "00000000 expected"),
    (COPY + 5 * SECTOR, "stage 2, copy: code", " expected"),
    (KERNEL + 12, "partition 1: kernel header", "E51"),
    (KERNEL + SECTOR + 5, "partition 1: kernel", "expected"),
    (LAYOUT["MBR_TABLE_OFFSET"], "MBR: partition 1", "an invalid status"),
])
def test_damage_is_found_where_it_is(tmp_path, offset, name, text):
    status, report = inspect(damaged(tmp_path, offset))
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and wrong[0]["name"] == name and text in wrong[0]["text"]
    status, output = run("verify", tmp_path / "changed.img")
    assert status == 1 and name in output and "damaged" in output


def test_harmless_changes_are_noted(tmp_path):
    path = damaged(tmp_path, 0x20)
    status, report = inspect(path)
    assert status == 0
    notes = [f["name"] for f in report["findings"] if f["state"] == "note"]
    assert notes == ["MBR: room for a BPB"]


@pytest.mark.parametrize("offset, name, text", [
    (LAYOUT["MBR_CODE_OFFSET"] + 9, "MBR: code", "1 byte differs from this release"),
    (LAYOUT["MBR_SIGNATURE_OFFSET"] - 1, "MBR: code", "1 byte differs from this release"),
    (LAYOUT["MBR_SIGNATURE_OFFSET"], "MBR: disk signature", "another system has written its own"),
    (1500 * SECTOR, "gap", "data that is not ours in 1 sector, the first at LBA 1500"),
])
def test_what_no_checksum_covers_is_noted_where_it_differs(tmp_path, offset, name, text):
    status, report = inspect(damaged(tmp_path, offset))
    notes = [f for f in report["findings"] if f["state"] == "note"]
    assert status == 0 and [f["name"] for f in notes] == [name] and text in notes[0]["text"]
    assert name in run("verify", tmp_path / "changed.img")[1]


def changed(tmp_path, offset, data):
    return inspect(changed_image(tmp_path, offset, data))


def test_wiped_copy_of_stage_2_is_missed(tmp_path):
    status, report = changed(tmp_path, LAYOUT["STAGE2_COPY_LBA"] * SECTOR, bytes(63 * SECTOR))
    assert report["verdict"] == "healthy, but only one of stage 2 and kernel has a second copy"


def test_second_kernel_must_be_the_same_as_the_first(tmp_path):
    other = make_image(tmp_path, SAYS_HI)[2].read_bytes()
    second = read_number(IMAGE, SECOND_PARTITION + 8) * SECTOR
    status, report = changed(tmp_path, second, other[KERNEL:KERNEL + 2 * SECTOR])
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and wrong[0]["name"] == "partition 2: kernel header"
    assert "not the first one's header" in wrong[0]["text"]


def test_second_stage_2_must_be_the_same_as_the_first(tmp_path):
    data = bytearray(IMAGE.read_bytes())
    last = COPY + LAYOUT["STAGE2_FIRST_SECTORS"] * SECTOR - 4   # the same sum, other words
    for offset, change in ((COPY + LAYOUT["STAGE2_HEADER_BALANCE"], -1), (last, 1)):
        word, = struct.unpack_from("<I", data, offset)
        struct.pack_into("<I", data, offset, (word + change) % (1 << 32))
    status, report = changed(tmp_path, COPY, data[COPY:last + 4])
    wrong = [f for f in report["findings"] if f["state"] == "wrong"]
    assert status == 1 and [f["name"] for f in wrong] == ["stage 2, copy"]
    assert "intact, but differs from the first one" in wrong[0]["text"]


def test_partitions_that_overlap_are_wrong(tmp_path):
    status, report = changed(tmp_path, SECOND_PARTITION + 8,
                             struct.pack("<I", LAYOUT["KERNEL_LBA"] + 1))
    assert status == 1
    assert any("before the end of the part before it" in f["text"] for f in report["findings"])


def test_rest_of_a_stick_is_not_read(tmp_path):
    """32 GB take a moment: what follows the image is not ours and is not read."""
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes())
    os.truncate(tmp_path / "stick", 32 * 1000 ** 3)
    status, report = inspect(tmp_path / "stick")
    last = report["findings"][-1]
    assert status == 0 and (last["name"], last["last"]) == ("after the image", 32 * 1000 ** 3 - 1)


@pytest.mark.parametrize("size", [0, 1, 511, 512, 513, KERNEL, 2 * MIB])
def test_garbage_is_named_not_feared(tmp_path, size):
    (tmp_path / "garbage").write_bytes(random.Random(size).randbytes(size))
    for command in ("inspect", "verify"):
        status, output = run(command, tmp_path / "garbage")
        assert status in (1, 2) and output.endswith("garbage: damaged\n")


@pytest.mark.parametrize("command", [["inspect"], ["verify"], ["compare", IMAGE]])
def test_what_has_no_sectors_is_named(tmp_path, command):
    os.mkfifo(tmp_path / "pipe")
    for path, reason in [(tmp_path, "Is a directory"), ("/dev/null", "neither a file nor a disk"),
                         (tmp_path / "pipe", "neither a file nor a disk"),
                         (tmp_path / "none", "No such file"), ("", "No such file")]:
        status, output = run(*command, path)
        assert status == 2 and reason in output and output.count("\n") == 1


def test_four_copies_are_three_more_than_needed(tmp_path, boot):
    image = bytearray(IMAGE.read_bytes())
    table, size = LAYOUT["MBR_TABLE_OFFSET"], 64 * SECTOR
    kernel = make_image(tmp_path, SAYS_HI)[2].read_bytes()[KERNEL:KERNEL + 2 * SECTOR]
    for n in range(4):
        lba = LAYOUT["KERNEL_LBA"] + 64 * n
        struct.pack_into("<B3xB3xII", image, table + 16 * n, 0 if n else 0x80, 0x7F, lba, 64)
        image[lba * SECTOR:lba * SECTOR + size] = kernel.ljust(size, b"\0")
    (tmp_path / "four.img").write_bytes(image)
    status, report = inspect(tmp_path / "four.img")
    assert status == 0 and report["whole_kernels"] == 4
    for n in range(3):                                          # only the last one stays whole
        image[LAYOUT["KERNEL_LBA"] * SECTOR + n * size + SECTOR] ^= 1
    (tmp_path / "four.img").write_bytes(image)
    status, report = inspect(tmp_path / "four.img")
    assert (status, report["wrong"], report["whole_kernels"]) == (1, 3, 1)
    pc = boot(image=tmp_path / "four.img")
    pc.wait_for_text("Hi\n")
    assert pc.serial.count("Trying partition") == 3


def test_disks_of_others_are_not_images_and_not_read_completely(tmp_path):
    """3 TB with a GUID partition table: its protective entry covers all of it."""
    require("sfdisk")
    os.close(os.open(tmp_path / "disk", os.O_CREAT | os.O_WRONLY))
    os.truncate(tmp_path / "disk", 3 * 1000 ** 4)
    subprocess.run(["sfdisk", "--quiet", tmp_path / "disk"], input="label: gpt\n,,\n", text=True,
                   check=True, timeout=60)
    status, report = inspect(tmp_path / "disk")
    assert status == 1 and not report["healthy"]
    assert any("type EEh" in f["text"] and f["state"] == "note" for f in report["findings"])
    assert any("E40" in f["text"] for f in report["findings"])
    assert any(f["text"].endswith("sectors, not read") for f in report["findings"])


def test_image_without_copies_is_healthy(tmp_path):
    (tmp_path / "one.img").write_bytes(without_copies(IMAGE.read_bytes()))
    status, report = inspect(tmp_path / "one.img")
    assert status == 0 and "without copies" in report["verdict"]


def test_image_cut_short_is_unreadable_not_healthy(tmp_path):
    (tmp_path / "short.img").write_bytes(IMAGE.read_bytes()[:KERNEL + 3 * SECTOR])
    assert inspect(tmp_path / "short.img")[0] == 2
    assert run("verify", tmp_path / "missing.img")[0] == 2


@pytest.mark.parametrize("offset, same", [
    (0x10, True), (0x1B8, True), (0x50, False), (0xDA, False), (0x1BE, False), (510, False),
    (STAGE2 + 3, False), (KERNEL + 700, False), (1500 * SECTOR, False)])
def test_compare_ignores_what_others_sign(tmp_path, offset, same):
    status, output = run("compare", IMAGE, damaged(tmp_path, offset))
    assert status == (0 if same else 1)
    assert "1 byte differs" in output


@pytest.mark.parametrize("size", [0, 100, 3 * SECTOR - 1])
def test_nothing_is_the_same_as_no_image(tmp_path, size):
    (tmp_path / "cut").write_bytes(IMAGE.read_bytes()[:size])
    status, output = run("compare", tmp_path / "cut", IMAGE)
    assert status == 2 and f"{size} bytes cannot be an image" in output


@pytest.mark.parametrize("command", ["help", "inspect", "verify"])
def test_output_that_was_not_written_is_not_a_success(command):
    with open("/dev/full", "w") as full:
        result = subprocess.run([TOOL, command, *([IMAGE] if command != "help" else [])], text=True,
                                timeout=60, stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 2 and "No space left on device" in result.stderr


def test_compare_ignores_what_follows_the_image(tmp_path):
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes() + os.urandom(SECTOR * 9))
    assert run("compare", IMAGE, tmp_path / "stick")[0] == 0
    (tmp_path / "stick").write_bytes(IMAGE.read_bytes()[:-SECTOR])
    assert run("compare", IMAGE, tmp_path / "stick")[0] == 1
