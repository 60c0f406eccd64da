"""CPU exceptions inside stage 2: each is reported with its registers; none ends in a triple fault.

The stage 2 of the image gets other instructions at the start of one function, and
checksums that match them, as if the loader had a bug there.
"""

import re
import struct
import subprocess

import pytest

from bochs import Bochs
from project import BUILD, ERRORS, IMAGE, LAYOUT, symbol

SECTOR = LAYOUT["SECTOR_SIZE"]
HEADER = LAYOUT["STAGE2_LBA"] * SECTOR
STAGE2 = BUILD / "stage2.elf"
UD2 = bytes.fromhex("0f0b")
REST = HEADER + LAYOUT["STAGE2_FIRST_SECTORS"] * SECTOR


def patched_image(folder, address, code):
    """The image with `code` at an address of stage 2's rest; the checksums match."""
    data = bytearray(IMAGE.read_bytes())
    start = HEADER + address - LAYOUT["STAGE2_HEADER"]
    data[start:start + len(code)] = code
    assert start >= REST
    sectors, = struct.unpack_from("<I", data, HEADER + LAYOUT["STAGE2_HEADER_SECTORS"])
    end = HEADER + sectors * SECTOR
    (folder / "stage2.bin").write_bytes(data[HEADER:end])
    data[HEADER:end] = subprocess.run([BUILD / "tools/mkheader", "stage2", folder / "stage2.bin"],
                                      check=True, timeout=60, stdout=subprocess.PIPE).stdout
    path = folder / "patched.img"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("code, report", [
    pytest.param("0f0b", "#UD invalid opcode (vector 6), error code 0x0 at EIP {0:08x}", id="ud"),
    pytest.param("31c9f7f1", "#DE divide error (vector 0), error code 0x0 at EIP {2:08x}", id="de"),
    pytest.param("66b828008ed0",
                 "#GP general protection (vector 13), error code 0x28 at EIP {4:08x}", id="gp"),
    pytest.param("cc", "#BP breakpoint (vector 3), error code 0x0 at EIP {1:08x}", id="bp"),
])
def test_exception_is_reported_with_registers(boot, tmp_path, code, report):
    address = symbol(STAGE2, "kernel_find")
    # a frame as every function has it, and EBX = 12345678h: the report must show both
    code = bytes.fromhex("5589e5" "bb78563412" + code)
    pc = boot(image=patched_image(tmp_path, address, code))
    pc.wait_for_text("System halted.")
    pc.wait_for_screen_like_serial()
    assert ERRORS["FAULT"] in pc.serial
    assert report.format(*range(address + 8, address + 15)) in pc.serial
    assert "EBX 12345678" in pc.serial
    text = pc.serial.replace("\r\n    ", " ")
    calls = re.search(r"^  in (.*)\r$", text, re.M)[1].split(", called by ")
    assert re.fullmatch(r"kernel_find\+0x[89a-e]", calls[0])
    assert re.fullmatch(r"stage2_main\+0x[0-9a-f]+", calls[1])
    assert pc.resets == 0


def test_exception_while_reporting_still_ends_in_words(boot, tmp_path):
    pc = boot(image=patched_image(tmp_path, symbol(STAGE2, "error_print"), UD2),
              cpu="qemu32")
    pc.wait_for_text("another exception while reporting one. System halted.")
    assert pc.resets == 0


# ---- the caches, which Bochs's BIOS leaves disabled-------------------------------------

def expect_caches_on(pc):
    """CR0 as it was at the fault: ET and PE are set, CD and NW are not."""
    pc.wait_for_text("System halted.")
    assert " CR0 00000011 " in pc.serial


def test_loader_runs_with_caches_on_in_qemu(boot, tmp_path):
    expect_caches_on(boot(image=patched_image(tmp_path, symbol(STAGE2, "kernel_find"), UD2)))


def test_loader_runs_with_caches_on_in_bochs(tmp_path):
    (tmp_path / "pc").mkdir()
    image = patched_image(tmp_path, symbol(STAGE2, "kernel_find"), UD2)
    with Bochs(image, tmp_path / "pc") as pc:
        expect_caches_on(pc)
