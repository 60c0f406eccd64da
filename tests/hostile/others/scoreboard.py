#!/usr/bin/env python3
"""Boots GRUB, SYSLINUX and Firstlight on every mode of the hostile BIOS: `make scoreboard`.

Prints the table of docs/robustness.md: which loader brings its kernel up, whole and with a
memory map, where a BIOS misbehaves but still delivers.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import conftest  # noqa: E402, F401: the paths
import runner  # noqa: E402
from cases import PLAIN, SECOND_DISK, Case  # noqa: E402
from modes import MODES  # noqa: E402
from project import IMAGE  # noqa: E402

import disks  # noqa: E402
from other_loaders import missing_packages  # noqa: E402

CPU_LIMIT = 6                   # seconds: ten times what a boot without quirks takes
MODES_THAT_DELIVER = [mode for mode in MODES if not mode.error]


def kernel_says(text):
    """How a boot of another loader ended: kernel.asm has the last word."""
    for verdict in ("whole", "damaged", "no map"):
        if f"kernel: {verdict}\r\n" in text:
            return verdict
    return None


def loaders(folder):
    """{name: (image, how its end is seen, what a good one is)}"""
    return {"GRUB": (disks.grub(folder), kernel_says, "whole"),
            "SYSLINUX": (disks.syslinux(folder), kernel_says, "whole"),
            "Firstlight": (IMAGE, runner.end_of, "boots")}


def boot(case, loader):
    image, end_of, good = loader
    outcome = runner.boot(image, case.medium(**SECOND_DISK), end_of=end_of,
                          cpu_limit=CPU_LIMIT)
    return outcome.end == good, outcome


def table(rows, names):
    yield f"| mode | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for mode, results in rows:
        if not all(results.values()):
            yield f"| {mode.name} | {' | '.join('yes' if results[n] else 'no' for n in names)} |"
    counts = [sum(results[name] for _, results in rows) for name in names]
    yield f"| **of {len(rows)}** | {' | '.join(f'**{count}**' for count in counts)} |"


def main():
    if missing := missing_packages():
        sys.exit(f"scoreboard: apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(conftest.WORKERS) as pool:
        all_loaders = loaders(Path(name))
        for loader_name, loader in all_loaders.items():
            good, outcome = boot(PLAIN, loader)
            if not good:
                sys.exit(f"scoreboard: {loader_name} does not boot without quirks: {outcome}")
        futures = {(mode, loader_name): pool.submit(boot, Case((mode,)), loader)
                   for mode in MODES_THAT_DELIVER
                   for loader_name, loader in all_loaders.items()}
        rows = [(mode, {loader_name: futures[mode, loader_name].result()[0]
                        for loader_name in all_loaders}) for mode in MODES_THAT_DELIVER]
    print("\n".join(table(rows, list(all_loaders))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
