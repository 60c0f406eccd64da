"""Stepping and frames in every mode; the debugger on a terminal, the documented session."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

from gdb_session import (after, debug, debug_command,  # noqa: F401  (a fixture)
                         environment, marked, patience, processes_with, require_debugger)
from project import BUILD, ROOT, find_line

# ---- over -------------------------------------------------------------------------

def test_over_returns_from_the_bios_to_the_next_line(debug):
    line = find_line("stage1/stage1.asm", r"^ +int +0x13$")
    output = debug("continue", f"thbreak stage1.asm:{line}", "continue", "over",
                   *marked("mode", "mode"))
    place = re.search(r"stage1/stage1\.asm:(\d+)", after(output, "mode"))
    assert line < int(place[1]) <= line + 3


def test_over_runs_a_loop_to_its_end(debug):
    line = find_line("stage1/stage1.asm", r"^ +loop +\.sum")
    output = debug("continue", f"thbreak stage1.asm:{line}", "continue", "over",
                   *marked("cx", "p/d $ecx"))
    assert re.search(r"= 0$", after(output, "cx"), re.M)


def test_over_takes_a_call_in_32_and_64_bit_code_as_one(debug):
    output = debug("thbreak stage2_main", "continue", "continue", *["over"] * 12,
                   *marked("a", "info symbol $pc"),
                   "thbreak kernel_main", "continue", *["over"] * 12,
                   *marked("b", "info symbol $pc"))
    assert "stage2_main" in after(output, "a") and "kernel_main" in after(output, "b")


# ---- frames -----------------------------------------------------------------------

def functions(backtrace):
    return [name.split(".")[0]
            for name in re.findall(r"^#\d+ +(?:0x\w+ in )?([\w.]+) \(", backtrace, re.M)]


def test_backtrace_in_16_bit_assembly(debug):
    output = debug("thbreak disk_call", "continue", "continue", *marked("bt", "backtrace"))
    assert functions(after(output, "bt")) == ["disk_call", "read_by_edd"]   # load calls it by BP


def test_backtrace_locals_and_finish_in_32_bit_c(debug):
    output = debug("milestone A20", "thbreak bios_enter", "continue", *marked("bt", "backtrace"),
                   *marked("up", "up"), *marked("where", "frame"), "thbreak kernel_find",
                   "continue",
                   *marked("kernel", "print *kernel"), "finish", *marked("done", "frame"))
    names = functions(after(output, "bt"))
    assert names[:2] == ["bios_enter", "bios_call"] and names[-2:] == ["stage2_main",
                                                                       "stage2_entry"]
    assert "bios_call" in after(output, "where")
    assert re.search(r"header = \{.*entry = ", after(output, "kernel"), re.S)
    assert re.search(r"stage2_main \(.*\) at stage2/main\.c:\d+", after(output, "done"))


def test_backtrace_and_finish_in_64_bit_c(debug):
    output = debug("thbreak memory_report", "continue", "continue", *marked("bt", "backtrace"),
                   "finish", *marked("done", "frame"))
    names = functions(after(output, "bt"))
    assert names[:2] == ["memory_report", "kernel_main"]
    assert names[2:] in (["_start"], ["kernel_start"])     # the linker's name of the same place
    assert "kernel_main" in after(output, "done")


def test_arguments_and_registers_in_32_bit_c_can_be_written(debug):
    output = debug("thbreak long_mode_enter", "continue", "continue", "set $ebx = 0x1234",
                   *marked("regs", "regs"), "stepi", *marked("again", "regs"))
    assert "ebx 00001234" in after(output, "regs") and "ebx 00001234" in after(output, "again")


# ---- the terminal -----------------------------------------------------------------------

class Terminal:
    """`make debug` on a terminal of its own, as a person uses it."""

    def __init__(self, folder, *arguments):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        self.process = subprocess.Popen(
            debug_command(*arguments), cwd=ROOT, env=environment(folder) | {"TERM": "xterm"},
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.screen = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()                     # if it is still running; GDB and QEMU end with it
        self.process.wait()
        os.close(self.master)

    def _read(self):
        """Takes what was written; False once no process has the terminal open any more."""
        assert select.select([self.master], [], [], patience.seconds)[0], self.screen[-3000:]
        try:
            self.screen += os.read(self.master, 65536)
            return True
        except OSError:                         # Linux: EIO, when the last user has gone
            return False

    def wait_for(self, pattern):
        """Waits until it was written; what comes after it is left for the next wait."""
        while not (found := re.search(pattern, self.screen)):
            assert self._read(), self.screen[-3000:]
        self.screen = self.screen[found.end():]

    def type(self, line):
        os.write(self.master, line.encode())

    def wait_for_end(self):
        while self._read():
            pass
        return self.process.wait(patience.seconds)


def wait_until(condition):
    end = time.monotonic() + patience.seconds
    while not condition():
        assert time.monotonic() < end, "the guest did not reach its prompt"
        time.sleep(0.02)


def test_text_user_interface_shows_16_bit_code(tmp_path):
    require_debugger()
    with Terminal(tmp_path, "-ex", "set style enabled off") as terminal:
        terminal.wait_for(rb"\(gdb\) ")
        for line, pattern in (("continue", rb"mbr_start \(\)"), ("layout asm", rb"jmp +0x7c3e"),
                              ("stepi", rb"7c3e"), ("layout regs", rb"layout regs"),
                              ("stepi", rb"eflags|esi"), ("until-mode long", rb"long64"),
                              ("tui disable", rb"tui disable")):
            terminal.type(line + "\n")
            terminal.wait_for(pattern)
        terminal.type("quit\n")
        assert terminal.wait_for_end() == 0
    assert not processes_with(str(tmp_path))


def test_ctrl_c_stops_the_guest_and_not_the_session(tmp_path):
    require_debugger()
    with Terminal(tmp_path, "-ex", "set style enabled off") as terminal:
        terminal.wait_for(rb"\(gdb\) ")
        terminal.type("milestone READY\n")
        terminal.wait_for(rb"Milestone READY")
        terminal.type("continue\n")
        terminal.wait_for(rb"Continuing\.")
        wait_until(lambda: "\n> " in (BUILD / "serial.log").read_text(errors="replace"))
        terminal.type("\x03")                   # now that it is certainly running
        terminal.wait_for(rb"received signal SIGINT")
        terminal.type("mode\n")
        terminal.wait_for(rb"long64: long mode, 64-bit code")
        terminal.type("quit\n")
        assert terminal.wait_for_end() == 0
    assert not processes_with(str(tmp_path))


def test_documented_session_is_what_happens(debug):
    """Every line of docs/debugging.md's session, in its order; numbers may differ.

    The lines of assembly source are compared exactly, because no compiler moves them."""
    blocks = re.findall(r"^```gdb\n(.*?)^```", (ROOT / "docs/debugging.md").read_text(),
                        re.M | re.S)
    shown = "".join(blocks).splitlines()
    output = debug(*[line.removeprefix("(gdb) ") for line in shown if line.startswith("(gdb) ")])
    got = iter([blur(line) for line in output.splitlines()])
    for line in shown:
        if not line.startswith("(gdb) "):
            assert blur(line) in got, f"not there, or too early: {line}\n{output}"


def blur(line):
    """Without numbers, which change with every build, except for the lines of assembly source."""
    number = r"(?<!\.asm:)(?<!\.inc:)\b(0x)?[0-9A-F]*[0-9][0-9A-Fa-f]*h?\b"
    return re.sub(number, "#", " ".join(line.split()))
