#!/usr/bin/env python3
"""Boots the image on a hostile BIOS and shows what it prints.

    tests/hostile/play.py e820-loses-smap fails-each    these modes together
    tests/hostile/play.py                               lists the modes
    tests/hostile/play.py --all                         every mode alone, and what failed
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import conftest  # noqa: F401: the paths
from cases import SINGLES, Case, case
from modes import MODES


def play_all():
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for one, outcome in zip(SINGLES, pool.map(Case.boot, SINGLES)):
            if complaint := one.complaint(outcome):
                failed += 1
                print(complaint.splitlines()[0], flush=True)
    print(f"{len(SINGLES)} modes, {failed} failed")
    return failed != 0


def main(names):
    if names == ["--all"]:
        return play_all()
    if not names:
        for mode in MODES:
            print(f"{mode.name:24} {mode.error or 'boots':8} {mode.source}")
        return 0
    one = case(*names)
    outcome = one.boot()
    print(outcome.text)
    print(f"{one}: {outcome.end} after {outcome.seconds:.1f} s, expected: {one.expected}")
    return bool(one.complaint(outcome))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
