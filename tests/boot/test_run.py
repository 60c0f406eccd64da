"""`make run` without a display: the screen or the serial console in the terminal, from each medium."""

import fcntl
import os
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import threading
import time

import pytest

from machine import LIMIT
from project import BUILD, IMAGE, ROOT

ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name not in ("DISPLAY", "WAYLAND_DISPLAY") and not name.startswith("MAKE")}


def terminal(command, stdin):
    """What a command prints up to the prompt; then it is ended with everything it started."""
    process = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdin=stdin,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True)

    def end():
        os.killpg(process.pid, signal.SIGKILL)          # not reaped yet, so its id is its own

    watchdog = threading.Timer(LIMIT, end)
    watchdog.start()
    output = b""
    while not output.endswith(b"\n> ") and (byte := process.stdout.read(1)):
        output += byte
    watchdog.cancel()
    end()
    process.wait()
    return output


@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, subprocess.PIPE], ids=["null", "pipe"])
def test_console_in_the_terminal(stdin):
    before = IMAGE.read_bytes()
    output = terminal(["tools/run/run.sh", str(IMAGE)], stdin)
    assert b"Quit: Ctrl-A, then X" in output
    assert b"Hello, World!" in output
    assert IMAGE.read_bytes() == before


def test_make_runs_any_image(tmp_path):
    shutil.copy(IMAGE, tmp_path / "it's mine")
    output = terminal(["make", "-s", "run", f"BUILD={BUILD}", f"IMAGE={tmp_path}/it's mine"],
                      subprocess.DEVNULL)
    assert b"Hello, World!" in output


MEDIA = re.findall(r"^    (\w+)\) (?:plugged|devices)=", (ROOT / "tools/run/run.sh").read_text(), re.M)


def test_help_and_the_script_know_the_same_media():
    help_text = subprocess.run(["make", "help"], cwd=ROOT, env=ENVIRONMENT, text=True, check=True,
                               stdout=subprocess.PIPE).stdout
    assert len(MEDIA) == 8 and f"MEDIUM={'|'.join(MEDIA)}" in help_text


@pytest.mark.parametrize("medium", MEDIA)
def test_every_medium_boots(medium, tmp_path):
    image = IMAGE
    if medium == "cd":
        image = tmp_path / "disk.iso"
        subprocess.run(["make", "-s", "image", f"CD={image}", f"BUILD={BUILD}"], cwd=ROOT,
                       env=ENVIRONMENT, check=True, timeout=LIMIT)
    output = terminal(["make", "-s", "run", f"BUILD={BUILD}", f"IMAGE={image}", f"MEDIUM={medium}",
                       f"MACHINE={'q35' if medium == 'usb' else 'pc'}"], subprocess.DEVNULL)
    assert b"Hello, World!" in output
    assert (b"from drive 00h" in output) == (medium == "floppy")


def test_unknown_medium_is_named():
    result = subprocess.run(["make", "-s", "run", "MEDIUM=tape", f"BUILD={BUILD}"], cwd=ROOT,
                            env=ENVIRONMENT, timeout=LIMIT, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    assert result.returncode != 0 and b"run: unknown MEDIUM=tape" in result.stdout


def test_memory_and_processors_reach_qemu(tmp_path):
    """What QEMU is started with, seen by a stand-in."""
    qemu = tmp_path / "qemu-system-x86_64"
    qemu.write_text('#!/bin/sh\nprintf "%s " "$@"\n')
    qemu.chmod(0o755)
    result = subprocess.run(
        ["make", "-s", "run", f"BUILD={BUILD}", "MEMORY=64M", "CPUS=2", "MACHINE=q35"], cwd=ROOT,
        env=ENVIRONMENT | {"PATH": f"{tmp_path}:{ENVIRONMENT['PATH']}"}, text=True, timeout=LIMIT,
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert "-machine q35 " in result.stdout and "-m 64M -smp 2 " in result.stdout


# ---- in a terminal without a display ------------------------------------------------------------

class Terminal:
    """A terminal of so many rows in which run.sh runs."""

    def __init__(self, rows):
        self.output = b""
        self.handle, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 80, 0, 0))
        self.process = subprocess.Popen(["sh", "tools/run/run.sh", IMAGE], cwd=ROOT, stdin=theirs,
                                        stdout=theirs, stderr=theirs, start_new_session=True,
                                        env=ENVIRONMENT | {"TERM": "xterm"})
        os.close(theirs)

    def wait_for(self, text):
        end = time.monotonic() + LIMIT
        while text not in self.output:
            assert select.select([self.handle], [], [], max(0, end - time.monotonic()))[0], self.output
            self.output += os.read(self.handle, 4096)

    def type(self, keys):
        os.write(self.handle, keys)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.handle)


def test_a_terminal_shows_the_screen_and_says_how_to_quit():
    with Terminal(rows=25) as terminal:
        terminal.wait_for(b"Quit: Alt+2, then type quit")
        terminal.wait_for(b"Press Enter to start")
        terminal.type(b"\n")
        terminal.wait_for(b"Hello, World!")
        terminal.wait_for(b"help lists commands")       # the status row, which COM1 does not have
        terminal.type(b"\x1b2")                         # Alt+2
        terminal.wait_for(b"(qemu)")
        terminal.type(b"quit\n")
        assert terminal.process.wait(LIMIT) == 0


def test_a_terminal_that_is_too_small_shows_the_serial_console():
    with Terminal(rows=24) as terminal:
        terminal.wait_for(b"Quit: Ctrl-A, then X")
        terminal.wait_for(b"Hello, World!")
        terminal.type(b"\x01x")
        assert terminal.process.wait(LIMIT) == 0


def test_missing_image_is_named():
    result = subprocess.run(["make", "-s", "run", "IMAGE=/nowhere", f"BUILD={BUILD}"], cwd=ROOT,
                            env=ENVIRONMENT, timeout=LIMIT, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    assert result.returncode != 0 and b"run: /nowhere cannot be read" in result.stdout
