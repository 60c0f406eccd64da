"""Seeded mixes of four to six modes, so that every pair of compatible modes occurs in one of them.

A greedy cover: each mix starts with a pair that no mix has, and grows by the mode that
adds the most new pairs.  The seed is fixed: the same modes give the same mixes.
"""

import functools
import itertools
import random

from cases import Case
from modes import MASKS, MODES

SEED = 31
SMALLEST, LARGEST = 4, 6

# Using all members of one of these together would leave nothing that works.
SERVICES = [{"edd", "chs"}, {"e820", "e801", "88"}, {"stage2-1", "stage2-2"},
            {"kernel-1", "kernel-2"}]
# Passing failures: together they may need more attempts than any loader makes.
FAILURES = {"fail_every", "fail_first", "fail_each", "stuck_resets", "reset_fails", "wrong_times"}


def can_be_together(modes):
    """Whether these modes leave something that works, and set nothing twice."""
    if sum(mode.error is not None for mode in modes) > 1:
        return False
    if any(one.needs & other.takes for one, other in itertools.permutations(modes, 2)):
        return False
    taken = set().union(*(mode.takes for mode in modes))
    if any(service <= taken and not any(service <= mode.takes for mode in modes)
           for service in SERVICES):
        return False
    if sum(bool(FAILURES & mode.settings.keys()) for mode in modes) > 1:
        return False
    seen = {}
    for mode in modes:
        for name, value in mode.settings.items():
            if name not in MASKS and seen.setdefault(name, value) != value:
                return False
    return True


def _grow(mix, modes, friends, missing, pick):
    """Adds modes to a mix (numbers), those with the most new pairs first."""
    while len(mix) < LARGEST:
        together = functools.reduce(int.__and__, (friends[number] for number in mix))
        inside = sum(1 << number for number in mix)
        gains = {number: (missing[number] & inside).bit_count()
                 for number in range(len(modes)) if together >> number & 1}
        for best in sorted(set(gains.values()), reverse=True):
            if best == 0 and len(mix) >= SMALLEST:
                return
            choice = [number for number, gain in gains.items() if gain == best
                      and can_be_together([modes[other] for other in (*mix, number)])]
            if choice:
                mix.append(pick.choice(choice))
                break
        else:
            return


@functools.cache
def make_mixes():
    """The mixes, as cases."""
    pick = random.Random(SEED)
    modes = [mode for mode in MODES if not mode.alone]
    friends = [sum(1 << number for number, other in enumerate(modes)
                   if other is not mode and can_be_together((mode, other))) for mode in modes]
    missing = list(friends)
    order = list(itertools.combinations(range(len(modes)), 2))
    pick.shuffle(order)
    mixes = []
    for first, second in order:
        if not missing[first] >> second & 1:
            continue
        mix = [first, second]
        _grow(mix, modes, friends, missing, pick)
        for one, other in itertools.permutations(mix, 2):
            missing[one] &= ~(1 << other)
        mixes.append(Case(tuple(modes[number] for number in mix)))
    return mixes
