"""Faults of ports, which no hook of a BIOS service can simulate: QEMU and its GDB stub do.

What they cannot do (a gate that opens late, a controller that is stuck) is simulated by the
fake ports of tests/unit/test_a20.c and test_uart_faults.c.
"""

import contextlib
import fcntl
import os
import subprocess

import pytest

from cases import SECOND_DISK
from machine import PROMPT, Machine, require
from medium import medium
from outcome import assert_boots, assert_names
from project import BUILD, IMAGE, symbol
import runner
from uart import TRACED_CASES

F_SETPIPE_SZ = 1031
STAGE2 = BUILD / "stage2.elf"
METHODS = ["enable_by_bios", "enable_by_keyboard_controller", "enable_by_port_92"]   # a20.c
CLOSE = "monitor o /b 0x92 0"               # QEMU writes to port 92h: A20 is off
RETURN_ADDRESS = "(unsigned long)*(unsigned int *)$rsp"


@pytest.mark.parametrize("answer", ["a20_lies", "a20_fails"])
def test_boots_without_a_keyboard_controller(answer):
    """Without an 8042 QEMU has no port 92h either: the gate is open, whatever 2401h reports."""
    outcome = runner.boot(IMAGE, medium(**SECOND_DISK, **{answer: 1}, entry_a20_off=1),
                          machine="pc,i8042=off")
    assert outcome.end == "boots", outcome.text
    assert "A20: already on." in outcome.text


@pytest.fixture
def opened_by(tmp_path):
    """opened_by(n): a machine whose gate is closed, and again after each method before number n."""
    def make(number):
        require("gdb")
        stub = tmp_path / "gdb"
        pc = machines.enter_context(Machine(IMAGE, "-gdb", f"unix:{stub},server=on,wait=off", "-S"))
        commands = [f"target remote {stub}", f"thbreak *{symbol(STAGE2, 'a20_open')}", "continue",
                    CLOSE]
        for method in METHODS[:number]:
            commands += [f"thbreak *{symbol(STAGE2, method)}", "continue",
                         f"thbreak *{RETURN_ADDRESS}", "continue", CLOSE]
        subprocess.run(["gdb", "-nx", "-batch", *(f"-ex={line}" for line in commands),
                        "-ex=detach"], check=True, timeout=runner.LIMIT,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        return pc

    with contextlib.ExitStack() as machines:
        yield make


@pytest.mark.parametrize("number, how", [
    (0, "INT 15h 2401h"), (1, "the keyboard controller"), (2, "port 92h")])
def test_the_first_method_that_opens_the_gate_is_named(opened_by, number, how):
    pc = opened_by(number)
    assert_boots(pc)
    assert f"A20: switched on by {how}." in pc.serial


def test_a_gate_that_nothing_opens_is_named(opened_by):
    assert_names(opened_by(len(METHODS)), "A20", "0xfffc and the one 1 MiB above")


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


@pytest.mark.parametrize("run", TRACED_CASES, ids=str)
def test_asks_a_ready_port_once_before_each_byte(farm, run):
    farm.check(run)
