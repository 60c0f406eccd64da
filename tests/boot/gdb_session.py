"""`make debug` as the tests run it: GDB in batch mode, and a look at what is left behind.

tools/debug/debug.py ends only after QEMU and GDB have ended, so that there is nothing to wait for
before the look.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from machine import require
from project import BUILD, ROOT

SESSION_LIMIT = 300     # seconds; on an idle machine most sessions take less than one


def debug_command(*arguments, build=BUILD):
    return ["tools/debug/debug.py", str(build), "-nx", *arguments]


def environment(folder):
    """No window, and everything temporary below `folder`."""
    return {name: value for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY")} | {"TMPDIR": str(folder)}


@pytest.fixture
def debug(tmp_path):
    """debug(command...) runs tools/debug/debug.py in batch mode; returns what GDB printed."""
    require("gdb")
    session = tmp_path / "session"
    session.mkdir()

    def run(*commands, build=BUILD):
        options = [word for command in commands for word in ("-ex", command)]
        process = subprocess.Popen(
            debug_command("-batch", *options, build=build), cwd=ROOT, text=True,
            env=environment(session), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            output = process.communicate(timeout=SESSION_LIMIT)[0]
        except subprocess.TimeoutExpired:
            process.terminate()                 # it ends GDB and QEMU
            pytest.fail(f"GDB did not finish:\n{process.communicate()[0]}", pytrace=False)
        assert "internal-error" not in output, output
        return output

    yield run
    assert not processes_with(str(session)), "QEMU or GDB outlived tools/debug/debug.py"
    assert not list(session.iterdir()), "tools/debug/debug.py left its directory behind"


def processes_with(text):
    """Ids of the processes that have `text` on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
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
