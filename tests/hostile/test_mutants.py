"""The loader with one conditional inverted: some mode must fail, or the reason is listed.

A mutant is built in a copy of the project, never in it.  It meets a BIOS without quirks
first, then the mode that killed it last time (killers.txt), then all others, until one fails.
"""

import pytest

from mutants import Mutant, unit_test_is_red
from mutate import all_mutations
from survivors import PORT, SURVIVORS

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
                                      if SURVIVORS.get(mutation.key, ("", ""))[0] == PORT])
def test_what_only_a_port_decides_is_held_by_a_host_test(mutation):
    assert unit_test_is_red(mutation, SURVIVORS[mutation.key][1])
