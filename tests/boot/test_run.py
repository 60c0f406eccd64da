"""`make run` without a display: the console in the terminal, whatever stdin is."""

import os
import shutil
import signal
import subprocess
import threading

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


def test_missing_image_is_named():
    result = subprocess.run(["make", "-s", "run", "IMAGE=/nowhere", f"BUILD={BUILD}"], cwd=ROOT,
                            env=ENVIRONMENT, timeout=LIMIT, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    assert result.returncode != 0 and b"run: /nowhere cannot be read" in result.stdout
