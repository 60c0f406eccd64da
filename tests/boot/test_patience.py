"""A guest that gets no processor is waited for; one that sleeps or computes forever is not."""

import subprocess
import threading
import time

import pytest

import patience
from bochs import Bochs
from project import IMAGE

LIMIT = 0.3


def waited(process, condition=lambda: False):
    changed, start = threading.Condition(), time.monotonic()
    with changed:
        patience.wait(changed, condition, process, LIMIT)
    return time.monotonic() - start


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(patience, "TICK", 0.05)


@pytest.mark.parametrize("command", [["sleep", "60"], ["sh", "-c", "while :; do :; done"]],
                         ids=["sleeps", "computes"])
def test_patience_ends(quick, command):
    with subprocess.Popen(command) as process:
        try:
            assert LIMIT * 0.9 < waited(process) < LIMIT * patience.AT_MOST * 2
            assert patience.wants_processor(process) == (command[0] == "sh")
        finally:
            process.kill()


def test_who_gets_no_processor_is_given_ten_times_as_long(quick, monkeypatch):
    monkeypatch.setattr(patience, "cpu_seconds", lambda _: 7.0)
    monkeypatch.setattr(patience, "wants_processor", lambda _: True)
    assert waited(None) >= LIMIT * patience.AT_MOST


def test_what_is_true_is_not_waited_for(quick):
    with subprocess.Popen(["true"]) as process:
        assert waited(process, lambda: True) < LIMIT


def test_a_bochs_that_fails_at_its_start_is_started_again(tmp_path):
    with Bochs(IMAGE, tmp_path) as pc:
        pc.process.kill()               # as if it had found no port for its display
        pc.wait_for_text("Hello, World!")
