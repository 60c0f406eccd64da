"""The same submission gets the same verdict: one report, byte for byte, however busy the machine is."""

import json
import os
import subprocess
import sys

import pytest

import grader
from project import ROOT
from submissions import all_of

AT_ONCE, TIMES = 2, 5           # graders, and reports of each: twenty in two rounds
OF_EACH = 4                     # submissions of a lab
SEED = 3
BUSY_LOOP = [sys.executable, "-c", "while True: pass"]


def four_of_each():
    everything, found = all_of("reference", "right-", "wrong-"), []
    for submission in everything:
        if sum(other.lab == submission.lab for other in found) < OF_EACH:
            found.append(submission)
    return found


def reports(submission, folder, times):
    command = [*grader.command(submission.lab, submission.folder, SEED, folder / "attempt.img"), "--times", str(times)]
    graders = [subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
               for _ in range(AT_ONCE)]
    try:
        lines = [line for process in graders for line in process.communicate(timeout=grader.LIMIT)[0].splitlines()]
    finally:
        end(graders)
    assert len(lines) == AT_ONCE * times
    return set(lines)


def end(processes):
    for process in processes:
        process.kill()
        process.wait()


def assert_is_one(found):
    assert len(found) == 1 and "failure" not in json.loads(found.pop())


@pytest.mark.full
@pytest.mark.parametrize("submission", four_of_each(), ids=lambda s: f"{s.lab.number}-{s.name}")
def test_twenty_reports_are_one(submission, tmp_path):
    found = reports(submission, tmp_path, TIMES)
    loops = [subprocess.Popen(BUSY_LOOP) for _ in range(os.cpu_count())]
    try:
        found |= reports(submission, tmp_path, TIMES)
    finally:
        end(loops)
    assert_is_one(found)


def test_two_reports_are_one(tmp_path):
    assert_is_one(reports(all_of("wrong-")[0], tmp_path, 1))
