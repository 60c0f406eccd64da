"""`make run` without a display: the console in the terminal, whatever stdin is."""

import os
import subprocess
import threading

import pytest

from machine import LIMIT
from project import IMAGE, ROOT


@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, subprocess.PIPE], ids=["null", "pipe"])
def test_console_in_the_terminal(stdin):
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    before = IMAGE.read_bytes()
    process = subprocess.Popen(["tools/run.sh", str(IMAGE)], cwd=ROOT, env=environment,
                               stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    watchdog = threading.Timer(LIMIT, process.kill)
    watchdog.start()
    output = b""
    while not output.endswith(b"\n> ") and (byte := process.stdout.read(1)):
        output += byte
    process.terminate()
    process.wait()
    watchdog.cancel()
    assert b"Quit: Ctrl-A, then X" in output
    assert b"Hello, World!" in output
    assert IMAGE.read_bytes() == before
