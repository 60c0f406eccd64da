"""How a boot ends: at the prompt, or with a named error.  Never by a reset, never in silence."""

import re

from machine import PROMPT
from project import ERRORS

MENU = "n for the next boot device.\r\n"        # the end of stage 2's report of an error
LOADER_END = "Press a key for the next boot device.\r\n"   # and of the real-mode loader's
# stage 1's lines: it has tried both copies, on the drive given and on 80h
STAGE1_END = r"(?:MBR error . .. ..\. Key\?\r\n){2}"


def _wait_for_end(pc, expected):
    pc.wait_for(lambda: re.search(expected, pc.serial) or MENU in pc.serial or
                LOADER_END in pc.serial or pc.resets, repr(expected))
    assert pc.resets == 0


def wait_for_stage1_end(pc):
    """Stage 1 has tried everything and waits for a key."""
    _wait_for_end(pc, STAGE1_END)


def assert_boots(pc):
    """The prompt comes; an error's message ends the wait for it."""
    _wait_for_end(pc, PROMPT)
    assert PROMPT in pc.serial and MENU not in pc.serial


def assert_loader_names(pc, error, details=""):
    """The real-mode loader ends with this error; the machine waits for a key."""
    _wait_for_end(pc, re.escape(LOADER_END))
    assert f"\r\nStage 2: {ERRORS[error]}\r\n" in pc.serial and details in pc.serial
    assert MENU not in pc.serial and PROMPT not in pc.serial
    assert pc.qmp_command("query-status")["status"] == "running"


def assert_stage1_names(pc, error, status, drive="80"):
    """Stage 1 first reports this error of this drive; the machine runs on and waits for a key."""
    wait_for_stage1_end(pc)
    first = pc.serial.splitlines()[0]
    assert re.fullmatch(rf"{ERRORS['MBR_' + error]}{status} {drive}\. Key\?", first)
    assert MENU not in pc.serial and PROMPT not in pc.serial
    assert pc.qmp_command("query-status")["status"] == "running"


def assert_names(pc, error, details=""):
    """Stage 2 reports the error with these details; the machine runs on and waits for a key."""
    _wait_for_end(pc, re.escape(MENU))
    text = " ".join(pc.serial.split())          # lines are broken at the screen's width
    assert ERRORS[error] in text and details in text
    assert PROMPT not in pc.serial
    assert pc.qmp_command("query-status")["status"] == "running"
    assert pc.resets == 0
