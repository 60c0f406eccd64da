"""docs/example as a newcomer meets it: its README's commands, one by one, and what they show."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from machine import LIMIT
from project import ROOT
from statements import DOCUMENT

EXAMPLE = ROOT / "docs/example"
HELLO = re.search(r'#define HELLO "(.*)"', (EXAMPLE / "kernel.c").read_text())[1]

# Variables that would make the newcomer's `make` a sub-make of the one that runs the tests.
INHERITED = ("BUILD", "V", "LLVM", "CROSS_COMPILE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
             "MAKEOVERRIDES")
WINDOWS = ("DISPLAY", "WAYLAND_DISPLAY")        # without them no window opens


def commands():
    """What the README says to type: up to the commands that are explained in its table."""
    return re.findall(r"^    (.+)$", (EXAMPLE / "README.md").read_text(), re.M)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    """The environment of a user with a home folder and a terminal, without a display."""
    environment = {name: value for name, value in os.environ.items()
                   if name not in INHERITED + WINDOWS}
    return environment | {"HOME": str(tmp_path_factory.mktemp("newcomer"))}


def first_lines(process, text):
    """What a process prints until `text`; then, or when time is up, all it started is ended."""
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
    assert HELLO in said and "test: passed" in said
    assert "warning" not in said


def in_the_project(newcomer, *command, folder=None):
    return subprocess.run(command, cwd=folder or Path(newcomer["HOME"], "my-kernel"), env=newcomer, text=True,
                          timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)


def test_every_command_of_its_table_works(said, newcomer):
    shown = {"": "my.img", "run": HELLO, "debug": "The CPU is at the reset vector", "why": "kernel.c:",
             "inspect": "healthy", "test": "test: passed"}
    table = re.findall(r"^\| `make ?(\w*)` \|", (EXAMPLE / "README.md").read_text(), re.M)
    assert set(table) == shown.keys()
    for command in set(table) - {"run"}:
        result = in_the_project(newcomer, "make", *command.split())
        assert shown[command] in result.stdout, result.stdout


def test_a_changed_line_is_what_it_says_next(said, newcomer, tmp_path):
    mine = shutil.copytree(Path(newcomer["HOME"], "my-kernel"), tmp_path / "mine")
    (mine / "kernel.c").write_text((mine / "kernel.c").read_text().replace(HELLO, "Hello, Ada!"))
    failed = in_the_project(newcomer, "make", "test", folder=mine)
    assert failed.returncode != 0 and "Hello, Ada!" in failed.stdout and HELLO in failed.stdout
    assert "passed" not in failed.stdout


def test_the_debugger_knows_its_names(said, newcomer):
    output = in_the_project(newcomer, sys.executable, ROOT / "tools/debug/debug.py", ROOT / "build",
                            "--image=my.img", "-batch", "-ex", "hbreak kernel", "-ex", "continue",
                            "-ex", "continue").stdout
    assert re.search(r"kernel, kernel\.c:\d+", output), output


def test_new_writes_into_nothing_that_is_in_use(tmp_path):
    (tmp_path / "thesis").write_text("years of work")
    result = subprocess.run(["make", "-s", "new", f"DIR={tmp_path}"], cwd=ROOT, text=True, timeout=60,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode != 0 and "is not empty" in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["thesis"]


def test_screen_says_hello_below_the_loader(boot, said, newcomer):
    pc = boot(image=Path(newcomer["HOME"], "my-kernel/my.img"))
    pc.wait_for_screen_text(HELLO)
    pc.wait_for_screen_like_serial()
    rows = [row for row in pc.screen().rows if row]
    assert rows[-1] == HELLO and rows[-2].startswith("Long mode: kernel entry at ")
    assert pc.resets == 0


def test_it_can_be_made_with_clang(boot, said, newcomer):
    folder = Path(newcomer["HOME"], "my-kernel")
    made = in_the_project(newcomer, "make", "clean", "my.img", "CC=clang")
    assert made.returncode == 0 and "warning" not in made.stdout, made.stdout
    assert "clang" in made.stdout
    boot(image=folder / "my.img").wait_for_text(HELLO)


def test_it_can_be_linked_into_the_upper_half_with_a_bss_of_its_own(boot, said, newcomer, tmp_path):
    """As the README says: another address, -mcmodel=kernel, ENTRY= and MEMSZ=."""
    address, room = 0xFFFFFFFF80200000, 1 << 20
    folder = tmp_path / "high"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("my.*"))
    script = (folder / "kernel.ld").read_text().replace("0x100000", hex(address))
    script = script.replace("*(.bss* COMMON) }", "}\n .bss : { *(.bss*) }")
    (folder / "kernel.ld").write_text(script)
    source = (folder / "kernel.c").read_text()      # its greeting goes through a large .bss
    source = source.replace("void kernel(", f"static volatile char bss[{room}];\n\nvoid kernel(")
    source = source.replace("serial(*c);", "bss[c - HELLO] = *c;\n"
                            "serial(bss[c - HELLO] + bss[sizeof bss - 1]);")
    (folder / "kernel.c").write_text(source)
    subprocess.run(["make", "-s", "my.bin", f"FIRSTLIGHT={ROOT}", "CC=cc -mcmodel=kernel"],
                   cwd=folder, env=newcomer, check=True, timeout=60)
    size = (folder / "my.bin").stat().st_size
    assert size < room and "-mcmodel=kernel" in (EXAMPLE / "README.md").read_text()
    subprocess.run(["make", "-s", "image", f"KERNEL={folder}/my.bin", f"OUT={folder}/my.img",
                    "LOAD=0x200000", f"ENTRY={address:#x}", f"MEMSZ={size + room + 4096}"],
                   cwd=ROOT, env=newcomer, check=True, timeout=120)
    boot(image=folder / "my.img").wait_for_text(HELLO)


def test_the_protocol_quotes_it_as_it_is():
    quotes = re.findall(r"^```c\n(.*?)^```$", DOCUMENT, re.M | re.S)
    assert quotes and all(quote in (EXAMPLE / "kernel.c").read_text() for quote in quotes)


def test_the_kernel_is_about_twenty_lines_of_code():
    source = (EXAMPLE / "kernel.c").read_text()
    code = [line for line in source.splitlines()
            if re.search(r"\w", line) and not line.startswith("/*")]
    assert len(code) <= 24
