"""docs/example as a newcomer meets it: its README's commands, one by one, and what they show."""

import os
import re
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from machine import LIMIT, QEMU
from project import ROOT
from statements import DOCUMENT

EXAMPLE = ROOT / "docs/example"
HELLO = re.search(r'#define HELLO "(.*)"', (EXAMPLE / "kernel.c").read_text())[1]

# What would make the newcomer's make a part of the one that runs the tests.
INHERITED = ("BUILD", "V", "LLVM", "CROSS_COMPILE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")


def commands():
    return re.findall(r"^    (.+)$", (EXAMPLE / "README.md").read_text(), re.M)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    """A home folder, and an environment in which QEMU opens no window."""
    home = tmp_path_factory.mktemp("newcomer")
    (home / "bin").mkdir()
    qemu = home / "bin" / QEMU
    qemu.write_text(f'#!/bin/sh\nPATH=${{PATH#*:}} exec {QEMU} -accel tcg -display none -nic none "$@"\n')
    qemu.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    return environment | {"HOME": str(home), "PATH": f"{home}/bin:{os.environ['PATH']}"}


def first_lines(process, text):
    """What a process says until `text`; then, or when time is up, it is ended with all it started."""
    def end():
        try:
            os.killpg(process.pid, signal.SIGKILL)  # it leads its own group
        except ProcessLookupError:
            pass

    limit = threading.Timer(2 * LIMIT, end)
    limit.start()
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            break
    limit.cancel()
    end()
    process.wait()
    process.stdout.close()
    return "".join(lines)


@pytest.fixture(scope="module")
def said(newcomer):
    """The README's commands, run in one shell in Firstlight's folder; the last one starts QEMU."""
    assert commands()[-1] == "make run"
    process = subprocess.Popen(["sh", "-e", "-c", "\n".join(commands())], cwd=ROOT, env=newcomer,
                               text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    return first_lines(process, HELLO)


def test_terminal_says_hello(said):
    assert HELLO in said
    assert "warning" not in said


def test_screen_says_hello_below_the_loader(boot, said, newcomer):
    pc = boot(image=Path(newcomer["HOME"], "my-kernel/my.img"))
    pc.wait_for_screen_text(HELLO)
    pc.wait_for_screen_like_serial()
    rows = [row for row in pc.screen().rows if row]
    assert rows[-1] == HELLO and rows[-2].startswith("Long mode: kernel entry at ")
    assert pc.resets == 0


def test_it_can_be_made_with_clang(boot, said, newcomer):
    folder = Path(newcomer["HOME"], "my-kernel")
    made = subprocess.run(["make", "clean", "my.img", "CC=clang", f"FIRSTLIGHT={ROOT}"], cwd=folder, env=newcomer,
                          text=True, timeout=120, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert made.returncode == 0 and "warning" not in made.stdout, made.stdout
    assert "clang" in made.stdout
    boot(image=folder / "my.img").wait_for_text(HELLO)


def test_the_protocol_quotes_it_as_it_is():
    quotes = re.findall(r"^```c\n(.*?)^```$", DOCUMENT, re.M | re.S)
    assert quotes and all(quote in (EXAMPLE / "kernel.c").read_text() for quote in quotes)


def test_the_kernel_is_about_twenty_lines_of_code():
    source = (EXAMPLE / "kernel.c").read_text()
    code = [line for line in source.splitlines() if re.search(r"\w", line) and not line.startswith("/*")]
    assert len(code) <= 24
