"""Kernels that the loader must not load: each is refused before a byte of it is written."""

import os

import pytest

from bochs import Bochs
from kernel_image import (KERNEL, KERNEL_BASE, KERNEL_LOAD, SECTOR, TABLE, header_of,
                          kernel_image, patch_header)
from outcome import assert_names
from project import ERRORS, LAYOUT
from statements import refusals, shows

MIB = 1 << 20
MEMORY = 32 * MIB
ONES_32, ONES_64 = (1 << 32) - 1, (1 << 64) - 1
FILE_BYTES = 5000
SECTORS = 1 + -(-FILE_BYTES // SECTOR)      # with the header's
JUNK, PAYLOAD = b"\xa5", b"\x5a"

# All memory that a kernel could be written to: the loader's own is below, the firmware's tables
# are in the last MiB.  It is full of junk before the boot, except the low part, which SeaBIOS clears.
LOW = (LAYOUT["LOADER_END"], 0x90000)
HIGH = (MIB, MEMORY - 2 * MIB)


def at(load, **fields):
    """A header whose one defect is not the entry."""
    return {"load_address": load, "entry": load % (1 << 64), **fields}


# Headers with one defect each and a correct hash (except where that is the defect).
FAULTS = {
    "refuse-magic": [{"magic": b"FLKERNEM"}, {"magic": bytes(8)}],
    "refuse-header-hash": [{"header_hash": 0}],
    "refuse-version": [{"version": 0}, {"version": 2}, {"version": 0xffff}],
    "refuse-flags": [{"flags": 1}, {"flags": 0x8000}],
    "refuse-empty": [{"file_bytes": 0}],
    "refuse-memory": [{"memory_bytes": FILE_BYTES - 1}, {"memory_bytes": 0},
                      {"file_bytes": ONES_32}],
    "refuse-page": [at(KERNEL_LOAD + 1), at(KERNEL_LOAD + 0x800)],
    "refuse-low": [at(0), at(LAYOUT["STACK_BOTTOM"]), at(LAYOUT["STAGE2_HEADER"]),
                   at(LAYOUT["PAGE_TABLES_ADDRESS"]), at(LAYOUT["LOADER_END"]), at(0x9f000),
                   at(0xa0000), at(0xb8000), at(0xf0000), at(KERNEL_LOAD - 0x1000)],
    "refuse-high": [at(1 << 31), at((1 << 31) - 0x1000), at(1 << 32), at((1 << 32) + KERNEL_LOAD),
                    at(1 << 63), at(ONES_64 - 0xfff), {"memory_bytes": (1 << 31) - KERNEL_LOAD + 1},
                    {"memory_bytes": ONES_32}, {"memory_bytes": ONES_32, "file_bytes": ONES_32}],
    "refuse-entry": [{"entry": 0}, {"entry": KERNEL_LOAD - 1}, {"entry": KERNEL_LOAD + FILE_BYTES},
                     {"entry": KERNEL_BASE}, {"entry": KERNEL_BASE + KERNEL_LOAD - 1},
                     {"entry": KERNEL_BASE + KERNEL_LOAD + FILE_BYTES},
                     {"entry": (1 << 32) + KERNEL_LOAD}, {"entry": ONES_64}],
    "refuse-no-ram": [at(MEMORY), at(MEMORY + 16 * MIB), at((1 << 31) - 0x2000),
                      {"memory_bytes": MEMORY}, {"memory_bytes": (1 << 31) - KERNEL_LOAD}],
    "refuse-reserved": [at(MEMORY - 0x10000), at(MEMORY - 0x20000 - 0x1000)],
}


def request(image):
    """How the loader describes what the header requests."""
    header = header_of(image)
    return ("load address {load_address:#x}, entry {entry:#x}, {file_bytes} bytes in the file, "
            "{memory_bytes} in memory, flags {flags:#x}").format(**header)


@pytest.fixture
def image(tmp_path):
    kernel = tmp_path / "kernel.bin"
    kernel.write_bytes(PAYLOAD * FILE_BYTES)
    return kernel_image(tmp_path, kernel)


@pytest.fixture
def refused(boot, image, tmp_path):
    """refused(id) boots the image; it must end with the document's error and leave memory alone."""
    def run(id, details=""):
        start, end = HIGH
        junk = tmp_path / "junk"
        junk.write_bytes(JUNK * (end - start))
        pc = boot("-device", f"loader,file={junk},addr={start:#x},force-raw=on", image=image,
                  memory=f"{MEMORY // MIB}M")
        error = next(name for name, text in ERRORS.items()
                     if text.startswith(f"error {refusals()[id]}: "))
        assert_names(pc, error, details)
        if id not in ("refuse-magic", "refuse-header-hash"):
            assert "Trying partition" not in pc.serial       # reading it again cannot help
        memory = pc.memory(0, MEMORY)
        assert memory[slice(*HIGH)].count(JUNK) == end - start
        assert not any(memory[slice(*LOW)])
        bounce = LAYOUT["BOUNCE_ADDRESS"]       # a sector may pass through: is it there?
        assert PAYLOAD * 100 not in memory[:bounce] + memory[bounce + SECTOR:]
    return run


def test_the_document_lists_what_is_tested_here():
    others = {"refuse-no-partition", "refuse-partition", "refuse-disk", "refuse-payload"}
    assert set(refusals()) == set(FAULTS) | others


@shows(*FAULTS)
@pytest.mark.parametrize("id, fields", [
    pytest.param(id, fields, id=" ".join([id, *(f"{k}={v!r}" for k, v in fields.items())]))
    for id, faults in FAULTS.items() for fields in faults])
def test_header_is_refused_before_a_byte_is_written(refused, image, id, fields):
    patch_header(image, **fields)
    refused(id, request(image) if refusals()[id] == "E53" else "")


@pytest.mark.parametrize("id, fields", [
    ("refuse-reserved", at(MEMORY - 0x10000)),          # ACPI's, where QEMU has reserved memory
    ("refuse-no-ram", at(MEMORY)),
    ("refuse-high", at(1 << 32)),
])
def test_header_is_refused_in_bochs(image, tmp_path, id, fields):
    patch_header(image, **fields)
    with Bochs(image, tmp_path) as pc:
        pc.wait_for_text(f"error {refusals()[id]}: ")


@shows("refuse-no-partition")
@pytest.mark.parametrize("offset, value", [
    pytest.param(6, 0x00, id="not active"), pytest.param(6, 0x81, id="active, but not 80h"),
    pytest.param(6 + 4, 0x83, id="another type"),
])
def test_partition_that_is_not_ours(refused, image, offset, value):
    with image.open("r+b") as file:
        file.seek(TABLE + offset)
        file.write(bytes([value]))
    refused("refuse-no-partition")


@shows("refuse-partition")
@pytest.mark.parametrize("sectors", [0, 1, SECTORS - 1])
def test_partition_that_is_too_small(refused, image, sectors):
    with image.open("r+b") as file:
        file.seek(TABLE + 6 + 12)
        file.write(sectors.to_bytes(4, "little"))
    refused("refuse-partition", f"partition 1 of {sectors} sectors: ")


@shows("refuse-disk")
@pytest.mark.parametrize("sectors", [1, SECTORS - 1])
def test_disk_that_ends_before_the_file(refused, image, sectors):
    os.truncate(image, KERNEL + sectors * SECTOR)
    refused("refuse-disk")


@shows("refuse-payload")
def test_payload_with_another_hash_is_not_entered(boot, image):
    patch_header(image, payload_hash=0)
    assert_names(boot(image=image), "KERNEL_HASH")
