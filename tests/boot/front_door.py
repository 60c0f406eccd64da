"""A copy of the sources as a user has it, and the commands that are typed in it."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

from project import ROOT

LIMIT = 120             # seconds for a command; the longest, a whole build, takes ten
PROMPT = b"\n> "

# Variables that would make this `make` a sub-make of the one that runs the tests, or open a window.
INHERITED = ("BUILD", "V", "LLVM", "CROSS_COMPILE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
             "MAKEOVERRIDES", "WERROR", "DISPLAY", "WAYLAND_DISPLAY", "TMPDIR", "DISK")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in INHERITED}


def not_sources(folder, names):
    """What a copy of the sources leaves out; tools/build/ is one of them, build/ is not."""
    generated = [name for name in names if Path(folder) == ROOT and name.split("-")[0] in ("build", "dist")]
    return [*generated, *({".git", "__pycache__", "node_modules"} & set(names))]


def copy_sources(folder):
    shutil.copytree(ROOT, folder, ignore=not_sources)
    return folder


def run(*command, cwd, prefix=(), **environment):
    """Exit status and everything that a command prints."""
    result = subprocess.run([*prefix, *command], cwd=cwd, env=ENVIRONMENT | environment,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, timeout=LIMIT)
    return result.returncode, result.stdout.decode(errors="replace")


def until_prompt(*command, cwd, **environment):
    """What a command prints until the guest's prompt appears; then everything it started is ended."""
    process = subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT | environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    limit = threading.Timer(LIMIT, os.killpg, (process.pid, signal.SIGKILL))
    limit.start()
    output = b""
    while not output.endswith(PROMPT) and (byte := process.stdout.read(1)):
        output += byte
    limit.cancel()
    os.killpg(process.pid, signal.SIGKILL)      # not reaped yet, so its id is its own
    process.wait()
    return output.decode(errors="replace")
