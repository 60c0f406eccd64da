"""`make debug`: symbols and source lines in every stage; nothing is left behind."""

import re

import pytest

from gdb_session import debug  # noqa: F401  (a fixture)
from project import find_line


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


def test_qemu_is_gone_when_gdb_quits(debug):
    debug("quit")                               # the fixture looks


def test_gdb_is_gone_when_qemu_ends(debug):
    output = debug("monitor quit", "python import time; time.sleep(60)")
    assert "QEMU has ended" in output
