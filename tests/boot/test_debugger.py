"""`make debug`: symbols and source lines in every stage; nothing is left behind."""

import os
import re
import select
import signal
import subprocess
import sys

import pytest

from gdb_session import (debug, debug_command,  # noqa: F401  (a fixture)
                         environment, output_of_session, patience, processes_with, require_debugger)
from project import BUILD, ROOT, find_line


def test_continue_stops_at_the_mbr(debug):
    output = debug("continue", "x/i $pc")
    assert re.search(r"mbr_start \(\) at stage1/stage1\.asm:", output)


@pytest.mark.parametrize("symbol, file", [
    ("disk_call", "stage1/stage1.asm"),
    ("stage2_entry", "stage2/entry.asm"),
    ("stage2_main", "stage2/main.c"),
    ("kernel_main", "kernel/main.c"),
])
def test_breakpoint_stops_on_its_source_line(debug, symbol, file):
    output = debug("continue", f"hbreak {symbol}", "continue")
    stop = re.search(rf"Breakpoint 2, {symbol} \(.*\) at {file}:(\d+)", output)
    assert stop, output
    definition = find_line(file, rf"^(void )?{symbol}(:|\(.*\)$)")
    assert definition <= int(stop[1]) <= definition + 2     # label, or "{", or what follows


def test_all_stages_in_one_session(debug):
    output = debug("thbreak disk_call", "hbreak stage2_main", "hbreak kernel_main",
                   "continue", "continue", "continue", "continue", "backtrace")
    places = re.findall(r"at ((?:stage1|stage2|kernel)/[\w.]+):\d+", output)
    assert places[:4] == ["stage1/stage1.asm", "stage1/stage1.asm", "stage2/main.c",
                          "kernel/main.c"]


# ---- who ends whom ----------------------------------------------------------------------

def test_qemu_is_gone_when_gdb_quits(debug):
    debug("quit")                               # the fixture looks


def test_gdb_is_gone_when_qemu_ends(debug):
    output = debug("monitor quit", "python import time; time.sleep(1000)")
    assert "QEMU has ended" in output


def test_gdb_is_gone_when_qemu_does_not_even_start(debug, monkeypatch):
    monkeypatch.setenv("QEMU_ACCEL", "nonsense")
    output = debug("python import time; time.sleep(1000)")
    assert "QEMU has ended" in output and "invalid accelerator nonsense" in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_both_are_gone_when_the_session_is_killed(tmp_path, number):
    """While the guest runs; SIGKILL leaves only the kernel to clean up."""
    require_debugger()
    with subprocess.Popen(debug_command("-batch", "-ex", "continue", "-ex", "continue"), cwd=ROOT,
                          env=environment(tmp_path), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            if b"mbr_start () at" in line:
                break
        both = [pid for pid in processes_with(str(tmp_path)) if pid != process.pid]
        if len(both) != 2:
            process.kill()                      # otherwise the end of the block would wait for it
        assert len(both) == 2
        handles = [os.pidfd_open(pid) for pid in both]
        process.send_signal(number)
        process.stdout.read()                   # up to its end: no process has it open any more
    for handle in handles:
        assert select.select([handle], [], [], patience.seconds)[0], "it has not ended"
        os.close(handle)
    if number != signal.SIGKILL:
        assert not list(tmp_path.iterdir())


def test_a_long_folder_for_temporary_files_is_no_matter(tmp_path):
    long = tmp_path / ("a" * 60) / ("b" * 60)       # the name of a socket has at most 107 bytes
    long.mkdir(parents=True)
    assert "[real16]" in output_of_session(long, "mode")


def test_missing_program_or_image_is_named(tmp_path):
    def run(build, **environment):
        return subprocess.run([sys.executable, "tools/debug/debug.py", str(build)], cwd=ROOT, text=True,
                              env=os.environ | environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)

    nothing, no_gdb = run(tmp_path), run(BUILD, PATH=str(tmp_path))
    assert nothing.returncode == 1 and "`make` builds it" in nothing.stdout
    assert no_gdb.returncode == 1 and "is not installed; `make setup debug`" in no_gdb.stdout
