"""What a student types: make labs, lab, check, hint and solution, in a folder of their own."""

import json
import shutil

import pytest

from front_door import run
from project import BUILD, ROOT

SOLVED = ROOT / "tests/labs/1/reference/boot.asm"


@pytest.fixture
def make(tmp_path):
    """make("check", "N=1") in a new LABS folder: exit status and output."""
    return lambda *words: run("make", "-s", *words, f"LABS={tmp_path}/mine", f"BUILD={BUILD}", cwd=ROOT)


def test_a_lab_is_prepared_once_and_never_overwritten(make, tmp_path):
    status, output = make("lab", "N=1")
    mine = tmp_path / "mine/01-first-letter/boot.asm"
    assert status == 0 and str(mine) in output and "README.md" in output
    assert mine.read_text() == (ROOT / "docs/labs/01-first-letter/skeleton/boot.asm").read_text()
    mine.write_text("my work")
    status, output = make("lab", "N=1")
    assert status == 0 and "not changed" in output and mine.read_text() == "my work"


def test_from_the_skeleton_to_the_solution(make, tmp_path):
    make("lab", "N=1")
    status, output = make("check", "N=1")
    assert status == 2 and "0 of 10 points: not passed yet." in output          # make's 2, not the tool's
    assert f"make live IMAGE={tmp_path}/mine/01-first-letter/attempt.img\n" in output
    assert "0 of 10 points" in make("labs")[1]
    for steps in (1, 2, 3, 3):
        output = make("hint", "N=1")[1]
        assert output.count("(sector)") == steps
    assert "Not shown" in make("solution", "N=1")[1]
    shutil.copy(SOLVED, tmp_path / "mine/01-first-letter/boot.asm")
    status, output = make("check", "N=1", "SEED=7")
    assert status == 0 and "10 of 10 points: passed." in output and "(SEED=7)" in output
    assert "Nothing else is promised" in output and "letter by letter" in output      # explanation, reference
    assert "solved" in make("labs")[1]
    assert SOLVED.read_text() in make("solution", "N=1")[1]


def test_report_for_a_program(make, tmp_path):
    make("lab", "N=1")
    output = make("check", "N=1", "FORMAT=json")[1]
    report = json.loads(output[:output.rindex("}") + 1])
    assert report["points"] == 0 and report["of"] == 10 and not report["passed"]
    shutil.rmtree(tmp_path / "mine")
    output = make("check", "N=1", "FORMAT=json")[1]
    assert "does not exist yet" in json.loads(output.splitlines()[0])["failure"]


def test_unknown_lab_is_named(make):
    for command in ("lab", "check", "hint", "solution"):
        status, output = make(command, "N=99")
        assert status == 2 and "There is no lab N=99" in output
