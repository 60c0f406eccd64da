"""What the tools of this system can do where versions differ; the tools themselves are asked.

The versions that were tried, and what differs between them: docs/versions.md.
"""

import functools
import re
import subprocess

import pytest

import qemu


@functools.cache
def machines():
    """The names of the machines that this QEMU knows."""
    text = subprocess.run([qemu.QEMU, "-machine", "help"], text=True, check=True, timeout=60,
                          stdout=subprocess.PIPE).stdout
    return set(re.findall(r"^(\S+) ", text, re.M))


def require_machine(machine):
    """Skips the test if QEMU has no such machine: version 10 dropped those older than 2.4, and 11
    those older than 5.2."""
    name = machine.partition(",")[0]
    if name not in machines():
        pytest.skip(f"this QEMU has no machine {name}")
