"""What a boot on a hostile BIOS leaves behind, and its messages of more than one line."""

import struct

import pytest

import runner
from cases import SECOND_DISK, case
from machine import Machine
from medium import medium
from outcome import assert_boots, assert_stage1_names
from project import IMAGE


@pytest.fixture
def hostile(tmp_path):
    """hostile(edd_most=16) is a machine, not yet switched on, whose BIOS has these quirks."""
    def make(**settings):
        (tmp_path / "shim").write_bytes(medium(**(SECOND_DISK | settings)))
        return Machine(IMAGE, *runner.SHIM, "-drive",
                       f"file={tmp_path}/shim,format=raw,snapshot=on,if=none,id=shim")
    return make


@pytest.mark.parametrize("eot", [1, 15])
def test_floppy_table_is_the_bioss_again_after_the_boot(hostile, eot):
    with hostile(**case(f"floppy-eot-{eot}").modes[0].settings) as pc:
        assert_boots(pc)
        offset, segment = struct.unpack("<HH", pc.memory(4 * 0x1E, 4))
        assert segment >= 0x9000 and pc.memory(segment * 16 + offset + 4, 1)[0] == eot


@pytest.mark.parametrize("status", [0x20, 0x31, 0x80, 0xAA])
@pytest.mark.parametrize("junk", [0, 4, 31], ids=["plain", "INT 10h junk", "junk everywhere"])
def test_stage_1_names_the_status(hostile, status, junk):
    with hostile(dead=1, status=status, junk_registers=junk, junk_upper=junk) as pc:
        assert_stage1_names(pc, "READ", f"{status:02X}")
