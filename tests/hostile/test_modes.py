"""Every mode of the hostile BIOS: alone in QEMU, and what the tables promise about themselves."""

import re
import sys
from pathlib import Path

import pytest

from cases import SINGLES
from modes import MOST_ERRORS, MODES

sys.path.insert(0, str(Path(__file__).with_name("others")))
from scoreboard import BLOCK, JUDGED, PAGE  # noqa: E402


@pytest.mark.parametrize("run", SINGLES, ids=str)
def test_survives(farm, run):
    farm.check(run)


def test_every_mode_has_a_source_and_another_name():
    assert all(mode.source for mode in MODES)
    assert len({mode.name for mode in MODES}) == len(MODES)


def test_few_modes_may_end_in_an_error_and_say_what_is_gone():
    errors = [mode for mode in MODES if mode.error]
    assert len(errors) <= MOST_ERRORS
    assert all(mode.gone for mode in errors)


def test_scoreboard_in_the_docs_judges_todays_modes():
    table = BLOCK.search(PAGE.read_text())[0]
    assert f"| **of {len(JUDGED)}** |" in table
    assert set(re.findall(r"^\| `(.+?)` \|", table, re.M)) <= {mode.name for mode in JUDGED}
