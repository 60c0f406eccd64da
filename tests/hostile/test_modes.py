"""Every mode of the hostile BIOS: alone in QEMU, and what the table promises about itself."""

import pytest

from cases import SINGLES
from modes import MOST_ERRORS, MODES


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
