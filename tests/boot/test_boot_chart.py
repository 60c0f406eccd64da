"""The `boot` command: the flight recorder as a bar chart."""

import re

import pytest

from project import ROOT

MILESTONES = re.findall(r'^MILESTONE\(\d+, \w+, "(.*)"\)',
                        (ROOT / "include/milestones.def").read_text(), re.M)
ROW = re.compile(r"(.{12}) (.{7}) (.{8}) (.{8})(?: ( *█+))?$")


def chart(pc):
    """What `boot` prints: what stands before the head; (name, at, took, data, bar) of each row."""
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("boot\n")
    pc.wait_for_prompt(after=start)
    lines = pc.serial[start:].replace("\r\n", "\n").split("\n")[1:-1]
    head = next(n for n, line in enumerate(lines) if line.startswith("milestone"))
    legend = next(n for n, line in enumerate(lines) if line.startswith("data, in hexadecimal"))
    assert " ".join(lines[legend:]).count(",") == len(MILESTONES) - 2     # a word for each that has data
    rows = [ROW.match(line).groups() for line in lines[head + 1:legend]]
    assert [row[0].rstrip() for row in rows] == MILESTONES
    assert max(map(len, lines)) < 80
    pc.wait_for_screen_like_serial()
    return lines[:head], rows


def test_times_add_up_and_bars_join(boot):
    before, rows = chart(boot())
    assert before == []
    ms = [float(at) for _, at, _, _, _ in rows]
    assert ms == sorted(ms) and ms[0] == 0.0 < ms[-1]
    us = sum(int(took) for _, _, took, _, _ in rows)
    assert us == pytest.approx(1000 * ms[-1], abs=50)
    assert max(len(bar or "") for *_, bar in rows) == 40
    assert rows[0][3].strip() == "80"       # the drive


@pytest.mark.parametrize("options, reason", [
    ({"cpu": "qemu64,tsc=off"}, "no TSC"),
    ({"machine": "pc,pit=off"}, "the TSC could not be calibrated"),
], ids=["no-tsc", "no-pit"])
def test_without_a_clock_it_says_so(boot, options, reason):
    before, rows = chart(boot(**options))
    assert before == [f"Not timed: {reason}."]
    assert {(at.strip(), took.strip()) for _, at, took, _, _ in rows} == {("-", "-")}


def test_help_lists_it(boot):
    pc = boot()
    pc.wait_for_prompt()
    pc.type_serial("help\n")
    pc.wait_for_text("\r\n  boot  ")
