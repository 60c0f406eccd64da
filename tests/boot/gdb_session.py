"""`make debug` as the tests run it: GDB in batch mode, and a look at what is left behind.

The first session shows whether GDB works; if not, the others fail at once.
tools/debug/debug.py ends only after QEMU and GDB have ended, so there is nothing to wait for
before the look.
"""

import functools
import os
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

from machine import require
from project import BUILD, ROOT


class Patience:
    """How many seconds a session may take; on an idle machine most take less than one.

    Each one that takes longer halves the time of those after it: a suite with a debugger that
    hangs again and again ends in minutes."""

    def __init__(self, seconds, least):
        self.seconds, self.least = seconds, least

    def run_out(self):
        self.seconds = max(self.seconds / 2, self.least)


patience = Patience(80, least=10)


def debug_command(*arguments, build=BUILD):
    return ["tools/debug/debug.py", str(build), "-nx", *arguments]


def environment(folder):
    """No window, and everything temporary below `folder`."""
    return {name: value for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY")} | {"TMPDIR": str(folder)}


def output_of_session(folder, *commands, build=BUILD):
    """What GDB prints in a session of these commands; fails the test if it takes too long."""
    options = [word for command in commands for word in ("-ex", command)]
    process = subprocess.Popen(
        debug_command("-batch", *options, build=build), cwd=ROOT, text=True, errors="replace",
        env=environment(folder), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        return process.communicate(timeout=patience.seconds)[0]
    except subprocess.TimeoutExpired:
        patience.run_out()
        process.terminate()                     # it ends GDB and QEMU
        pytest.fail(f"GDB did not finish:\n{process.communicate()[0]}", pytrace=False)


@functools.cache
def first_session():
    """What is wrong with the simplest session, or ""."""
    with tempfile.TemporaryDirectory(prefix="firstlight-") as folder:
        try:
            output = output_of_session(folder, "continue")
        except pytest.fail.Exception as failure:
            return failure.msg
    return "" if "mbr_start () at" in output else f"it did not stop at the MBR:\n{output}"


def require_debugger():
    """Fails the test at once if GDB is not installed or can't debug at all."""
    require("gdb")
    if first_session():
        pytest.fail(f"no session works with this GDB. The first one: {first_session()}",
                    pytrace=False)


@pytest.fixture
def debug(tmp_path):
    """debug(command...) runs tools/debug/debug.py in batch mode; returns what GDB printed."""
    require_debugger()
    session = tmp_path / "session"
    session.mkdir()

    def run(*commands, build=BUILD):
        output = output_of_session(session, *commands, build=build)
        assert "internal-error" not in output, output
        return output

    yield run
    assert not processes_with(str(session)), "QEMU or GDB outlived tools/debug/debug.py"
    assert not list(session.iterdir()), "tools/debug/debug.py left its directory behind"


def processes_with(text):
    """Ids of the processes that have `text` in their environment, as TMPDIR is for a session's."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if text.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            pass                                # it has just ended
    return found


def after(output, mark):
    """What follows a line that `echo` printed: one command's own output."""
    assert f"@{mark}@" in output, output
    return re.split(r"@\w+@\n", output.split(f"@{mark}@\n", 1)[1])[0]


def marked(mark, command):
    """Two commands: the mark, and the command whose output is wanted."""
    return f"echo \\n@{mark}@\\n", command
