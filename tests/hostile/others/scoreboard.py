#!/usr/bin/env python3
"""Boots GRUB, SYSLINUX and Firstlight on the hostile BIOS: `make scoreboard`.

Writes the table of docs/robustness.md: which loader starts its kernel, intact and with a
usable memory map, on a BIOS that misbehaves but still delivers.  What a loader's disk looks
like is not judged: modes that damage a place of our own disk, or need a floppy, are left
out, as are those in which a service is missing.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS / "hostile"), str(TESTS / "boot")]
from project import IMAGE, ROOT  # noqa: E402: with the paths of tools/
import runner  # noqa: E402
from cases import PLAIN, SECOND_DISK, Case  # noqa: E402
from modes import MODES  # noqa: E402

import disks  # noqa: E402
from other_loaders import missing_packages  # noqa: E402
from qemu import QEMU  # noqa: E402

PAGE = ROOT / "docs/robustness.md"
BLOCK = re.compile(r"(<!-- scoreboard -->\n).*?(<!-- /scoreboard -->)", re.S)
PACKAGES = {"GRUB": "grub-pc-bin", "SYSLINUX": "syslinux-common"}
CPU_LIMIT = 10              # seconds: ten times what a boot without quirks takes
WORDS = {"hang": "no"}      # other ends are said as they are


def judges_others(mode):
    """Whether a mode is about the BIOS alone, and still delivers."""
    places = [mode.settings[place] for place in ("bad", "wrong") if place in mode.settings]
    is_floppy = "shown_as" in mode.settings
    return not mode.error and not is_floppy and all(place == "everything" for place in places)


JUDGED = [mode for mode in MODES if judges_others(mode)]


def kernel_says(text):
    """How a boot of another loader ended, judged by what kernel.asm printed."""
    for verdict in ("whole", "damaged", "no map"):
        if f"kernel: {verdict}\r\n" in text:
            return verdict
    return None


def loaders(folder):
    """{name: (image, how its end is recognized, what a good one is)}"""
    return {"GRUB": (disks.grub(folder), kernel_says, "whole"),
            "SYSLINUX": (disks.syslinux(folder), kernel_says, "whole"),
            "Firstlight": (IMAGE, runner.end_of, "boots")}


def boot(case, loader):
    """"yes", or how the boot ended."""
    image, end_of, good = loader
    end = runner.boot(image, case.medium(**SECOND_DISK), end_of=end_of, cpu_limit=CPU_LIMIT).end
    return "yes" if end == good else WORDS.get(end, end)


def table(rows, names):
    """Rows in which all say yes are only counted."""
    yield f"| mode | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for mode, results in rows:
        if set(results.values()) != {"yes"}:
            yield f"| `{mode.name}` | {' | '.join(results[name] for name in names)} |"
    counts = [sum(results[name] == "yes" for _, results in rows) for name in names]
    yield f"| **of {len(rows)}** | {' | '.join(f'**{count}**' for count in counts)} |"


def versions():
    """What was compared, in words."""
    def output_of(*command):
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout

    found = [f"{name} {output_of('dpkg-query', '-Wf', '${Version}', package)}"
             for name, package in PACKAGES.items()]
    qemu = re.search(r"version (\S+)", output_of(QEMU, "--version"))[1]
    return f"Measured with {', '.join(found)} and QEMU {qemu}."


def main():
    if missing := missing_packages():
        sys.exit(f"scoreboard: missing: {', '.join(missing)}. `make setup scoreboard` brings them.")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        all_loaders = loaders(Path(name))
        for loader_name, loader in all_loaders.items():
            if (end := boot(PLAIN, loader)) != "yes":
                sys.exit(f"scoreboard: {loader_name} does not boot without quirks: {end}")
        futures = {(mode, loader_name): pool.submit(boot, Case((mode,)), loader)
                   for mode in JUDGED for loader_name, loader in all_loaders.items()}
        rows = [(mode, {loader_name: futures[mode, loader_name].result()
                        for loader_name in all_loaders}) for mode in JUDGED]
    text = "\n".join([versions(), "", *table(rows, list(all_loaders)), ""])
    print(text)
    PAGE.write_text(BLOCK.sub(lambda match: match[1] + text + match[2], PAGE.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
