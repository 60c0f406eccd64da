"""The clocks compared with QEMU's, and what the kernel does while it waits."""

import os
import re
import time

import pytest

from bochs import Bochs
from machine import LIMIT
from project import IMAGE

SPAN = 10           # seconds that the clock is watched
DRIFT = 0.0002      # of a span: 2 ms in ten seconds
TICKS = 100         # a second


def answer(pc, command, pattern):
    """What a command printed; and the host's time before it was typed and after it was seen."""
    start = len(pc.serial)
    before = time.monotonic()
    pc.type_serial(command + "\n")
    pc.wait_for(lambda: re.search(pattern, pc.serial[start:]), f"answer to {command}")
    return re.search(pattern, pc.serial[start:]), before, time.monotonic()


def uptime(pc):
    """Seconds by the guest's clock, and the host's times before and after it was read."""
    match, before, after = answer(pc, "uptime", r"Up for (\d\d):(\d\d):(\d\d\.\d{3}) since")
    hours, minutes, seconds = match.groups()
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds), before, after


def date(pc):
    return answer(pc, "date", r"(\w+day, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\r\n")[0][1]


def irq_counts(pc):
    """Counts by device."""
    table = answer(pc, "irq", r"device\r\n((?:.*\r\n)+)> ")[0][1]
    rows = re.findall(r"^ *\d+ +[0-9a-f]{2}h +(\d+) +(\d+)  (\w+)\r\n", table, re.M)
    assert all(int(spurious) == 0 for _, spurious, _ in rows)
    return {name: int(count) for count, _, name in rows}


@pytest.fixture
def pc(boot):
    pc = boot()
    pc.wait_for_prompt()
    return pc


def test_uptime_agrees_with_qemus_clock_over_ten_seconds(pc):
    """QEMU's clock is the host's.  The bounds: the times before and after the question, and 2 ms."""
    first, first_before, first_after = uptime(pc)
    time.sleep(SPAN)
    last, last_before, last_after = uptime(pc)
    rounding = 0.001
    assert last - first >= (last_before - first_after) * (1 - DRIFT) - rounding
    assert last - first <= (last_after - first_before) * (1 + DRIFT) + rounding


def test_uptime_stands_still_with_the_machine(pc):
    first, first_before, _ = uptime(pc)
    pc.qmp_command("stop")
    stopped = time.monotonic()
    time.sleep(1)
    pause = time.monotonic() - stopped
    pc.qmp_command("cont")
    last, _, last_after = uptime(pc)
    assert last - first <= last_after - first_before - pause + 0.001


@pytest.mark.parametrize("machine", ["pc", "q35"])
def test_date_is_the_hardware_clocks(boot, machine):
    pc = boot("-rtc", "base=2031-02-03T04:05:06,clock=vm", machine=machine)
    pc.wait_for_prompt()
    assert re.fullmatch(r"Monday, 2031-02-03 04:05:(0[6-9]|[1-3]\d)", date(pc))


@pytest.mark.parametrize("base, expected", [
    ("2099-12-31T23:59:58", "Friday, 2100-01-01 00:00"),
    ("2028-02-28T23:59:58", "Tuesday, 2028-02-29 00:00"),
    ("1999-12-31T23:59:58", "Saturday, 2000-01-01 00:00"),
])
def test_date_changes_at_midnight(boot, base, expected):
    pc = boot("-rtc", f"base={base},clock=vm")
    pc.wait_for_prompt()
    deadline = time.monotonic() + LIMIT
    shown = {date(pc)}
    while not any(text.startswith(expected) for text in shown):
        assert time.monotonic() < deadline, shown
        shown.add(date(pc))
    assert all(text.startswith(expected) or base.replace("T", " ")[:16] in text for text in shown)


def test_interrupts_are_counted_by_device(pc):
    while (before := irq_counts(pc))["timer"] == 0:
        pass                            # until the first tick the kernel polls
    for _ in range(2):
        start = len(pc.serial)
        pc.press("ret")
        pc.wait_for_prompt(after=start)
    after = irq_counts(pc)
    assert set(after) == {"timer", "keyboard", "COM1"}
    assert after["keyboard"] >= before["keyboard"] + 3      # pressed, released, pressed
    assert after["COM1"] > before["COM1"]       # one interrupt may stand for several bytes


def count_ticks(pc):
    """The timer's interrupts, and the guest's clock before and after they were counted."""
    before = uptime(pc)[0]
    return irq_counts(pc)["timer"], before, uptime(pc)[0]


def test_timer_ticks_a_hundred_times_a_second(pc):
    """There are never more.  A busy host makes QEMU lose ticks: fewer are accepted if it persists."""
    deadline = time.monotonic() + LIMIT
    ticks, at_least = 0, 1
    while ticks < at_least:
        assert time.monotonic() < deadline, f"{ticks} ticks, not even {at_least:.0f}"
        first, first_before, first_after = count_ticks(pc)
        time.sleep(1)
        last, last_before, last_after = count_ticks(pc)
        ticks = last - first
        at_least = 0.5 * TICKS * (last_before - first_after)
        assert ticks < 1.1 * TICKS * (last_after - first_before) + 2


def test_waiting_for_a_key_halts_the_cpu(pc):
    """A polling loop uses all the time it can get; a halted CPU uses almost none."""
    def cpu_seconds():
        with open(f"/proc/{pc.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    first, start = cpu_seconds(), time.monotonic()
    time.sleep(2)
    used, passed = cpu_seconds() - first, time.monotonic() - start
    assert used < 0.25 * passed


def test_pasted_commands_are_executed_one_after_the_other(pc):
    """More than the UART's 16 bytes arrive while the first command is still running."""
    start = len(pc.serial)
    pc.type_serial("help\n" + "layout us\n" * 40)
    pc.wait_for(lambda: pc.serial[start:].count("Keyboard layout: US English.") == 40, "40 answers")
    assert "lost" not in pc.serial[start:]


def test_timer_and_serial_port_interrupt_in_bochs(tmp_path):
    row = r"^ *{} +{}h +[1-9]\d* +0  {}\r\n"
    deadline = time.monotonic() + LIMIT
    with Bochs(IMAGE, tmp_path) as pc:
        start = pc.wait_for_text("\n> ")
        while not re.search(row.format(0, 20, "timer"), pc.serial, re.M):   # until the first tick
            assert time.monotonic() < deadline
            pc.type_serial("irq\n")
            start = pc.wait_for_text("\n> ", after=start)
    assert re.search(row.format(4, 24, "COM1"), pc.serial, re.M)
