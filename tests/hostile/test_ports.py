"""Faults of ports, which no hook of a BIOS service can play: QEMU itself plays these.

What even QEMU has no switch for (a gate that opens late or never, a controller that is stuck)
is played by the fake ports of tests/unit/test_a20.c and test_uart_faults.c.
"""

import fcntl
import os

import pytest

from cases import SECOND_DISK
from machine import PROMPT, Machine
from medium import medium
from project import IMAGE
import runner

F_SETPIPE_SZ = 1031


@pytest.mark.parametrize("answer", ["a20_lies", "a20_fails"])
def test_boots_without_a_keyboard_controller(answer):
    """Without an 8042 QEMU has no port 92h either: the gate is open, whatever 2401h says."""
    outcome = runner.boot(IMAGE, medium(**SECOND_DISK, **{answer: 1}, entry_a20_off=1),
                          machine="pc,i8042=off")
    assert outcome.end == "boots", outcome.text
    assert "A20: already on." in outcome.text


@pytest.fixture
def stalled(tmp_path):
    """QEMU's arguments for a COM1 whose other end takes no byte, ever."""
    for name in ("in", "out"):
        os.mkfifo(tmp_path / f"uart.{name}")
    reader = os.open(tmp_path / "uart.out", os.O_RDWR | os.O_NONBLOCK)
    size = fcntl.fcntl(reader, F_SETPIPE_SZ, 4096)
    os.write(reader, bytes(size))               # full before the guest's first byte
    yield ["-chardev", f"pipe,id=stalled,path={tmp_path / 'uart'}", "-serial", "chardev:stalled"]
    os.close(reader)


@pytest.mark.parametrize("quirks", [{}, {"no_42": 1, "entry_a20_off": 1, "junk_registers": 31}],
                         ids=["plain", "without EDD, A20 off, junk"])
def test_boots_while_the_serial_port_is_stalled(stalled, tmp_path, quirks):
    (tmp_path / "shim").write_bytes(medium(**SECOND_DISK, **quirks))
    shim = ["-drive", f"file={tmp_path}/shim,format=raw,snapshot=on,if=none,id=shim", *runner.SHIM]
    with Machine(IMAGE, *shim, *stalled, serial=False) as pc:
        pc.wait_for_screen(lambda screen: screen.text.endswith(PROMPT.rstrip()), "prompt")
        assert pc.resets == 0


def test_names_what_is_wrong_on_the_screen_while_the_serial_port_is_stalled(stalled, tmp_path):
    (tmp_path / "shim").write_bytes(medium(**SECOND_DISK, dead=1))
    shim = ["-drive", f"file={tmp_path}/shim,format=raw,snapshot=on,if=none,id=shim", *runner.SHIM]
    with Machine(IMAGE, *shim, *stalled, serial=False) as pc:
        pc.wait_for_screen(lambda screen: screen.text.count("MBR error R 20 80. Key?") == 2,
                           "message")
        assert pc.resets == 0
