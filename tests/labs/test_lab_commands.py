"""What a student types: make labs, lab, check, hint and solution, in a folder of their own."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import threading

import pytest

import catalogue
from front_door import LIMIT, run
from place import Place
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


def test_an_attempt_is_explained_and_opened_in_the_page(make, tmp_path):
    """What docs/labs/hunts.md says to type after make check."""
    make("lab", "N=17")
    make("check", "N=17")
    attempt, page = tmp_path / "mine/17-hunt-two-lines/attempt.img", tmp_path / "page.html"
    assert "assembled without org 7C00h" in run("make", "why", f"IMAGE={attempt}", cwd=ROOT)[1]
    status, output = run("make", "live", f"IMAGE={attempt}", "AT=MBR", f"OUT={page}", cwd=ROOT)
    assert status == 0 and page.exists(), output


def test_changes_of_a_lab_are_merged_and_a_conflict_leaves_the_file(tmp_path):
    base, new = "one\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n"
    skeleton = tmp_path / "90-test/skeleton"
    skeleton.mkdir(parents=True)
    lab = catalogue.Lab(90, "Test", ["a.asm"], skeleton.parent)
    mine = Place(tmp_path / "mine")
    for work, is_merged, result in (("ONE\ntwo\nthree\nfour\nfive\n", True, "ONE\ntwo\nthree\nfour\nFIVE\n"),
                                    ("one\ntwo\nthree\nfour\n5\n", False, "one\ntwo\nthree\nfour\n5\n")):
        shutil.rmtree(mine.folder, ignore_errors=True)
        (skeleton / "a.asm").write_text(base)
        mine.prepare(lab)
        assert mine.outdated(lab) == []
        (mine.of(lab) / "a.asm").write_text(work)
        (skeleton / "a.asm").write_text(new)
        assert mine.outdated(lab) == ["a.asm"]
        assert mine.update(lab, "a.asm") is is_merged
        assert (mine.of(lab) / "a.asm").read_text() == result
        assert mine.outdated(lab) == ([] if is_merged else ["a.asm"])


def test_printed_commands_can_be_pasted_into_a_shell(tmp_path):
    folder = tmp_path / "my 'labs' $HOME"
    output = run("make", "-s", "lab", "N=1", f"LABS={folder}", cwd=ROOT)[1]
    command = re.search(r"^Then: +(make check .*)$", output, re.M)[1]
    output = run("sh", "-c", command, cwd=ROOT)[1]
    assert "0 of 10 points" in output and (folder / "01-first-letter/attempt.img").exists()
    hint, look = (re.search(rf"^{words}: +(make .*)$", output, re.M)[1] for words in ("A hint", "Look at it"))
    assert "Hint 1 of 3" in run("sh", "-c", hint, cwd=ROOT)[1]
    assert f"IMAGE={folder}/01-first-letter/attempt.img" in shlex.split(look)


def test_watch_checks_again_when_a_file_is_saved(tmp_path):
    mine = Place(tmp_path)
    lab = catalogue.find("1")
    mine.prepare(lab)
    process = subprocess.Popen([sys.executable, "-B", ROOT / "tools/labs/labs.py", "check", "--lab=1", f"--labs={tmp_path}", "--watch"],
                               stdout=subprocess.PIPE, text=True)
    limit = threading.Timer(LIMIT, process.kill)
    limit.start()
    try:
        assert "0 of 10 points" in until(process.stdout, "Waiting until a file is saved")
        shutil.copy(SOLVED, mine.of(lab) / "boot.asm")
        assert "10 of 10 points: passed" in until(process.stdout, "Waiting until a file is saved")
    finally:
        limit.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def until(stream, text):
    seen = ""
    while text not in seen:
        line = stream.readline()
        assert line, f"ended before {text!r}: {seen}"
        seen += line
    return seen


def test_unknown_lab_is_named(make):
    for command in ("lab", "check", "hint", "solution"):
        status, output = make(command, "N=99")
        assert status == 2 and "Lab 99 does not exist." in output
