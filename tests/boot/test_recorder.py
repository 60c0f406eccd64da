"""tools/debug/recorder.py on dumps of real guests and on garbage."""

import random
import re
import struct
import subprocess
import sys

import pytest

from project import LAYOUT, ROOT

TOOL = ROOT / "tools/debug/recorder.py"
ADDRESS = LAYOUT["RECORDER_ADDRESS"]
MAGIC = int.from_bytes(b"FREC", "little")
MAX = 31


def decode(path, *arguments):
    """Exit status and everything that the tool prints."""
    result = subprocess.run([sys.executable, TOOL, path, *arguments], text=True, timeout=60,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert "Traceback" not in result.stdout
    return result.returncode, result.stdout


def dump_of(pc, folder, address=0, size=0x100000):
    path = folder / "dump"
    pc.qmp_command("pmemsave", val=address, size=size, filename=str(path))
    return path


def written(folder, *stamps, magic=MAGIC, count=None):
    """A dump with these stamps (milestone, data, tsc) in it."""
    path = folder / "dump"
    path.write_bytes(bytes(ADDRESS)
                     + struct.pack("<IIQ", magic, len(stamps) if count is None else count, 0)
                     + b"".join(struct.pack("<IIQ", *stamp) for stamp in stamps))
    return path


def test_names_every_milestone_of_a_boot(boot, tmp_path):
    pc = boot()
    pc.wait_for_prompt()
    status, text = decode(dump_of(pc, tmp_path))
    assert status == 0
    places = [text.index(f"  {name}  ") for name in
              ("stage 2", "A20", "CPU", "memory map", "kernel found", "loaded", "verified",
               "long mode", "kernel", "ready")]
    assert places == sorted(places)
    assert 'The boot was complete: its last milestone is "ready".' in text


def test_shows_where_a_failed_boot_ended(boot, tmp_path):
    pc = boot(cpu="qemu32")
    pc.wait_for_text("no 64-bit long mode")
    status, text = decode(dump_of(pc, tmp_path))
    assert status == 0
    assert 'The last milestone is "A20"; "CPU" was not reached.' in text


def test_reads_a_dump_that_starts_elsewhere(boot, tmp_path):
    pc = boot()
    pc.wait_for_prompt()
    status, text = decode(dump_of(pc, tmp_path, ADDRESS, 512), "--offset", "0")
    assert status == 0 and "ready" in text


def test_turns_ticks_into_milliseconds(tmp_path):
    status, text = decode(written(tmp_path, (1, 0x80, 5000), (2, 0, 2505000)), "--hz", "1000000000")
    assert status == 0
    assert "2.500 ms" in text


def test_says_that_there_is_no_recorder(tmp_path):
    path = tmp_path / "dump"
    path.write_bytes(bytes(0x10000))
    status, text = decode(path)
    assert status == 1 and "no recorder at 0x600" in text


def test_says_where_the_magic_number_is(tmp_path):
    path = written(tmp_path, (1, 0, 1))
    path.write_bytes(bytes(0x1000) + path.read_bytes())
    status, text = decode(path)
    assert status == 1 and "0x1600" in text


@pytest.mark.parametrize("stamps, count, complaint", [
    pytest.param([(1, 0, 1)] * MAX, MAX + 1, "claims 32 entries", id="count"),
    pytest.param([(1, 0, 1), (77, 0, 2)], None, "unknown milestone 77", id="milestone"),
    pytest.param([(1, 0, 2), (2, 0, 1)], None, "go backwards", id="times"),
    pytest.param([(1, 0, 1)], 5, "ends after 1 of 5", id="file cut short"),
])
def test_says_that_a_recorder_is_damaged(tmp_path, stamps, count, complaint):
    status, text = decode(written(tmp_path, *stamps, count=count))
    assert status == 1 and complaint in text


def test_survives_garbage(tmp_path):
    noise = random.Random(1)
    for length in (0, 1, ADDRESS, ADDRESS + 15, ADDRESS + 17, 4096):
        path = tmp_path / "dump"
        path.write_bytes(noise.randbytes(length))
        assert decode(path)[0] == 1
        garbage = bytearray(noise.randbytes(max(length, ADDRESS + 4)))
        garbage[ADDRESS:ADDRESS + 4] = struct.pack("<I", MAGIC)
        path.write_bytes(garbage)
        decode(path)


def test_missing_file_is_a_usage_error(tmp_path):
    assert decode(tmp_path / "nothing")[0] == 2


def test_shows_the_bios_tick_that_stage_1_left(boot, tmp_path):
    pc = boot("-rtc", "base=2026-01-01T12:00:00")
    pc.wait_for_prompt()
    _, text = decode(dump_of(pc, tmp_path))
    tick = int(re.search(r"BIOS's tick (\d+) ", text)[1])
    noon = 12 * 3600 * 1193182 // 65536 & 0xffff    # the PIT's frequency / 65536 = 18.2 Hz
    assert noon - 40 < tick < noon + 400            # the clock's rounding; the BIOS's own time
