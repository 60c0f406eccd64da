"""`make debug` as the tests run it: GDB in batch mode, and a look at what is left behind."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from machine import LIMIT, require
from project import BUILD, ROOT


@pytest.fixture
def debug(tmp_path):
    """debug(command...) runs tools/debug.sh in batch mode; returns what GDB printed."""
    require("gdb")
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    session = tmp_path / "session"
    session.mkdir()

    def run(*commands, build=BUILD):
        options = [word for command in commands for word in ("-ex", command)]
        process = subprocess.Popen(
            ["tools/debug.sh", str(build), "-nx", "-batch", *options], cwd=ROOT, text=True,
            env=environment | {"TMPDIR": str(session)}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            return process.communicate(timeout=LIMIT)[0]
        except subprocess.TimeoutExpired:
            process.terminate()                 # its trap ends GDB and QEMU
            pytest.fail(f"GDB did not finish:\n{process.communicate()[0]}", pytrace=False)

    yield run
    assert not processes_with(str(session)), "QEMU or GDB outlived tools/debug.sh"
    assert not list(session.iterdir()), "tools/debug.sh left its directory behind"


def processes_with(text):
    """Ids of the processes that have `text` on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if text.encode() in path.read_bytes():
                found.append(path.parent.name)
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
