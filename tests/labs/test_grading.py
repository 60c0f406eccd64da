"""The grader grades: right submissions pass with full points, in QEMU as well, and each typical wrong
one fails with the points, the sentence and the hint that fit it."""

import re
import subprocess

import pytest

import catalogue
import grader
from machine import Machine, require
from project import BUILD, ROOT
from submissions import Submission, all_of

RIGHT, WRONG = all_of("reference", "right-"), all_of("wrong-")
SKELETONS = [Submission(lab, "skeleton", lab.folder / "skeleton", {}) for lab in catalogue.labs()]
MOST_EXECUTED = 25e6    # guest instructions of a check: about 1.3 seconds of Node's time on a PC of 2020


def named(submission):
    return f"{submission.lab.number}-{submission.name}"


def failed_checks(report):
    return [check for check in report["checks"] if check["points"] < check["of"]]


@pytest.mark.parametrize("submission", RIGHT, ids=named)
def test_right_submission_has_full_points(submission, graded):
    report = graded(submission)
    assert "failure" not in report and report["refused"] is None, report
    assert failed_checks(report) == []
    assert report["passed"] and report["points"] == report["of"]


@pytest.mark.parametrize("submission", RIGHT, ids=named)
def test_right_submission_boots_in_qemu(submission, graded):
    expected = submission.expected
    with Machine(graded(submission)["image"]) as pc:
        if "registers" in expected:
            pc.wait_for_screen(lambda _: re.search(expected["registers"], registers(pc)), "these registers")
        else:
            pc.wait_for_screen(lambda screen: re.search(expected["screen"], screen.text, re.M), repr(expected))
        if "keys" in expected:
            pc.type_keys(expected["keys"])
            pc.wait_for_screen_text(expected["keys"])
        assert pc.resets == 0


@pytest.mark.parametrize("submission", [each for each in RIGHT if each.lab.number in (7, 8) and each.name == "reference"], ids=named)
def test_a_lab_in_c_can_be_compiled_by_clang(submission, tmp_path):
    require("clang")
    require("ld.lld")
    build = tmp_path / "build"
    subprocess.run(["make", "-s", "LLVM=1", f"BUILD={build}", f"{build}/labs.toolchain"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (build / "tools").symlink_to(BUILD / "tools")
    report = grader.grade(submission.lab, submission.folder, 1, tmp_path / "attempt.img", build=build)
    assert "failure" not in report and report["passed"] and report["messages"] == [], report


def registers(pc):
    return pc.qmp_command("human-monitor-command", **{"command-line": "info registers"})


@pytest.mark.parametrize("submission", WRONG, ids=named)
def test_wrong_submission_gets_what_fits_it(submission, graded):
    report, expected = graded(submission), submission.expected
    assert "failure" not in report and not report["passed"]
    assert report["points"] == expected["points"], report
    first = failed_checks(report)[0]
    assert re.search(expected["found"], report["refused"] or first["found"]), report
    assert first["hint"] == expected["hint"]
    assert first["hint"] in submission.lab.hints()


def test_death_is_told_with_its_line(graded):
    submission = next(s for s in WRONG if named(s) == "11-wrong-not-mended")
    source = (submission.folder / "boot.asm").read_text().splitlines()
    place = re.search(r"at 7C20h \(boot\.asm:(\d+)\), then", failed_checks(graded(submission))[0]["found"])
    assert source[int(place[1]) - 1].split()[:2] == ["mov", "ds,"]


@pytest.mark.parametrize("submission", SKELETONS, ids=named)
def test_skeleton_fails_with_a_sentence(submission, graded):
    report = graded(submission)
    assert "failure" not in report and not report["passed"]
    assert re.search(r"\w+ \w+.*\.$", report["refused"] or failed_checks(report)[0]["found"])


@pytest.mark.parametrize("submission", RIGHT + WRONG + SKELETONS, ids=named)
def test_check_runs_few_instructions(submission, graded):
    assert graded(submission)["executed"] <= MOST_EXECUTED


@pytest.mark.parametrize("lab", catalogue.labs(), ids=lambda lab: lab.name)
def test_lab_has_what_the_format_asks_for(lab):
    assert lab.folder.name.startswith(f"{lab.number:02}-")
    assert len([s for s in WRONG if s.lab == lab]) >= 4
    assert len([s for s in RIGHT if s.lab == lab]) >= 2
    assert len({(s.expected["points"], s.expected["hint"], s.expected["found"]) for s in WRONG if s.lab == lab}) > 3
    assert all(len(steps) == 3 for steps in lab.hints().values())
    assert lab.text("explanation.md") and lab.text("README.md").startswith(f"# Lab {lab.number}: {lab.title}\n")
