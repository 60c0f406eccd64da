"""Types each command of the guide's first chapters in the order of the text, as a reader does.

    tests/guide/typed.py [NN...]        by default chapters 0 to 3

`make bare` runs it in a bare system.  It reports how much of the time is the machine's: a reader
also reads and thinks.  A command is answered when the next prompt comes; `make run` is answered
when QEMU's screen or the kernel's prompt is there, and ends with Ctrl-A X.
"""

import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/guide"))
import plan  # noqa: E402
from page import FENCE, Page  # noqa: E402

FIRST = ("00", "01", "02", "03")
LIMIT = 300             # seconds for an answer; `make` may have to build first
SHELL, GDB = r"typed\$ $", r"\(gdb\) $"
QEMU = r"(Quit: Ctrl-A|quit: Ctrl-A|Ctrl-A X|Ctrl-A, then X|> $)"
QUIT_QEMU = "\x01x"


class Terminal:
    """A shell on a terminal of 80 columns and 24 rows, in the project's folder."""

    def __init__(self):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            clean = {name: value for name, value in os.environ.items()
                     if name not in ("DISPLAY", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL")}
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"],
                       clean | {"PS1": "typed$ ", "TERM": "dumb", "LC_ALL": "C.UTF-8",
                                "DEBUGINFOD_URLS": ""})
        self.text = ""
        self.wait(SHELL)

    def wait(self, pattern):
        end = time.monotonic() + LIMIT
        while not re.search(pattern, self.text):
            if not select.select([self.file], [], [], max(0, end - time.monotonic()))[0]:
                raise SystemExit(f"typed: no {pattern!r} after {LIMIT} s:\n{self.text[-2000:]}")
            self.text += os.read(self.file, 65536).decode(errors="replace").replace("\r", "")

    def type(self, line, pattern):
        """Types a line and waits for what answers it; returns the seconds that took."""
        self.text = ""
        start = time.monotonic()
        os.write(self.file, (line + "\n").encode())
        self.wait(r"\n.*" + pattern)
        return time.monotonic() - start

    def end(self):
        os.close(self.file)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def commands(page):
    """[(session or "", "$" or "(gdb)", what is typed)] in the order of the text."""
    found = []
    for block in page.blocks:
        for fence in FENCE.finditer(block.body) if block.kind in ("gdb", "host") else ():
            found += [(block.span[0], block.name if block.kind == "gdb" else "", mark, line)
                      for mark, line in re.findall(r"^(\$|\(gdb\)) (.*)$", fence[3], re.M)]
    for match in re.finditer(r"^    (make (?:run|debug|steps)\b[^#\n]*)", page.masked, re.M):
        found.append((match.start(), "", "$", match[1].strip()))
    return [rest for _, *rest in sorted(found, key=lambda command: command[0])]


def type_chapter(number):
    """How many commands, and the seconds that the machine took for them."""
    count, seconds, open_sessions = 0, 0.0, {}
    shell = Terminal()
    for session, mark, line in commands(Page(plan.chapter(number).path)):
        count += 1
        if mark == "(gdb)":
            seconds += open_sessions[session].type(line, GDB)
        elif line.startswith("make debug"):
            terminal = open_sessions.setdefault(session or line, Terminal())
            seconds += terminal.type(line, GDB)
        elif line.startswith("make run"):
            seconds += shell.type(f"WINDOW=no {line}", QEMU)
            os.write(shell.file, QUIT_QEMU.encode())
            shell.wait(SHELL)
        else:
            seconds += shell.type(line, SHELL)
    for terminal in [shell, *open_sessions.values()]:
        terminal.end()
    return count, seconds


def main(numbers):
    total, seconds = 0, 0.0
    for number in numbers or FIRST:
        count, took = type_chapter(number)
        print(f"chapter {int(number)}: {count} commands, {took:.0f} s of the machine's time", flush=True)
        total, seconds = total + count, seconds + took
    print(f"typed {total} commands, {seconds:.0f} s of the machine's time")


if __name__ == "__main__":
    main(sys.argv[1:])
