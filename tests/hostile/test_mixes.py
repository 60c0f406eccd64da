"""Mixes of modes: all on an IDE disk, a tenth on each other medium, another tenth in Bochs."""

import itertools

import pytest

from cases import BochsCase, Case, FloppyCase, is_for_floppies
from media import CONTROLLERS, NOT_PLUGGED_IN
from mixes import LARGEST, SMALLEST, can_be_together, make_mixes
from modes import MODES

MIXES = make_mixes()
SAMPLE = 40                 # of the mixes in a run that is not full
TENTH = 10


def params(cases, sample):
    """Cases as parameters; all but the first `sample` are for a full run."""
    return [pytest.param(case, id=f"{number} {case}",
                         marks=[] if number < sample else [pytest.mark.full])
            for number, case in enumerate(cases)]


def elsewhere():
    """A tenth of the mixes on each controller, another tenth each time."""
    for number, controller in enumerate(CONTROLLERS[1:]):
        arguments, options = controller.values
        for place, mix in enumerate(MIXES[number % TENTH::TENTH]):
            case = Case(mix.modes, controller.id, tuple(arguments),
                        options | {"drive": NOT_PLUGGED_IN})
            sampled = place == 0 and not controller.marks
            yield pytest.param(case, id=f"{controller.id} {case}",
                               marks=[] if sampled else [pytest.mark.full])


@pytest.mark.parametrize("run", params(MIXES, SAMPLE))
def test_survives_together(farm, run):
    farm.check(run)


@pytest.mark.parametrize("run", elsewhere())
def test_survives_on(farm, run):
    farm.check(run)


@pytest.mark.parametrize("run", params(
    [FloppyCase(mix.modes, "floppy") for mix in MIXES
     if is_for_floppies(mix)][:len(MIXES) // TENTH], 2))
def test_survives_from_a_floppy(farm, run):
    farm.check(run)


def bochs_can_run(mix):
    """Since 3.0 Bochs's own BIOS looks for its disk tables through the pointer to the EBDA."""
    return not any("ebda_set" in mode.settings for mode in mix.modes)


@pytest.mark.parametrize("run", params(
    [BochsCase(mix.modes, "Bochs") for mix in filter(bochs_can_run, MIXES[5::TENTH])], 3))
def test_survives_in_bochs(farm, run):
    farm.check(run)


def test_every_pair_that_can_be_together_is():
    covered = {frozenset(pair) for mix in MIXES for pair in itertools.combinations(mix.modes, 2)}
    modes = [mode for mode in MODES if not mode.alone]
    possible = {frozenset(pair) for pair in itertools.combinations(modes, 2)
                if can_be_together(pair)}
    assert covered == possible
    assert all(SMALLEST <= len(mix.modes) <= LARGEST and can_be_together(mix.modes)
               for mix in MIXES)
