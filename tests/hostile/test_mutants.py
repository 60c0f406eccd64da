"""The loader with one conditional inverted: some mode must fail, or the reason is listed.

A mutant is built in a copy of the project, never in it.  It meets a BIOS without quirks
first, then the mode that killed it last time (killers.txt), then all others, until one fails.
"""

import pytest

import mutants
from mutants import Mutant
from mutate import all_mutations
from survivors import EQUAL, SURVIVORS

MUTATIONS = all_mutations()


@pytest.mark.full
@pytest.mark.parametrize("run", [pytest.param(Mutant(mutation), id=mutation.key)
                                 for mutation in MUTATIONS])
def test_inverted(farm, run):
    farm.check(run)


def test_listed_survivors_exist_and_are_few():
    keys = {mutation.key for mutation in MUTATIONS}
    assert not [key for key in SURVIVORS if key not in keys]
    assert len(SURVIVORS) <= len(MUTATIONS) / 8


@pytest.mark.full
@pytest.mark.parametrize("mutation", [pytest.param(mutation, id=mutation.key)
                                      for mutation in MUTATIONS
                                      if mutation.key in SURVIVORS
                                      and SURVIVORS[mutation.key][0] != EQUAL])
def test_what_no_mode_shows_is_held_by_another_test(mutation):
    assert mutants.test_is_red(mutation, SURVIVORS[mutation.key][1])
