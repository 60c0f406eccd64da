"""How a boot ends: at the prompt, or with a named error.  Never with a reset, never in silence."""

import re

from machine import PROMPT
from project import ERRORS, LAYOUT

MENU = "n for the next boot device.\r\n"        # the end of what stage 2 says of an error
# the last of stage 1's lines: it has tried both copies, on the drive given and on 80h
STAGE1_END = rf"MBR error . CHS .. drive 80 LBA {LAYOUT['STAGE2_COPY_LBA']:04X}\. Key\?\r\n"


def _wait_for_end(pc, expected):
    pc.wait_for(lambda: re.search(expected, pc.serial) or MENU in pc.serial or pc.resets,
                repr(expected))
    assert pc.resets == 0


def wait_for_stage1_end(pc):
    """Stage 1 has tried everything and waits for a key."""
    _wait_for_end(pc, STAGE1_END)


def assert_boots(pc):
    """The prompt comes; an error's message ends the wait for it."""
    _wait_for_end(pc, PROMPT)
    assert PROMPT in pc.serial and MENU not in pc.serial


def assert_stage1_names(pc, error, status, drive="80", lba="...."):
    """Stage 1's first word is this error of this drive; the machine runs on and waits for a key."""
    wait_for_stage1_end(pc)
    first = pc.serial.splitlines()[0]
    assert re.fullmatch(rf"{ERRORS['MBR_' + error]}{status} drive {drive} LBA {lba}\. Key\?", first)
    assert MENU not in pc.serial and PROMPT not in pc.serial
    assert pc.qmp_command("query-status")["status"] == "running"


def assert_names(pc, error, details=""):
    """Stage 2 tells the error with these details; the machine runs on and waits for a key."""
    _wait_for_end(pc, re.escape(MENU))
    text = " ".join(pc.serial.split())          # lines are broken where the screen's end
    assert ERRORS[error] in text and details in text
    assert PROMPT not in pc.serial
    assert pc.qmp_command("query-status")["status"] == "running"
    assert pc.resets == 0
