"""Counts on record: what each of own_counts.py cost when it was last recorded.

tools/bench/records.json has them per compiler and per version of QEMU: compilers
generate other code, and from QEMU 8 on the plugin sees the iterations of REP differently.
`make bench WHAT=record` writes the record of the ones that are in use.
"""

import json
import re

from guest import QEMU, ROOT, output_of

PATH = ROOT / "tools/bench/records.json"
TOLERANCE = 1.05            # this much above the record is too much
SHOWN = 8                   # functions of a difference
KEPT = 0.001                # of the total: smaller functions are not recorded one by one


def compiler(build):
    """As "gcc 12" or "clang 14": the compiler's version line ends build/toolchain."""
    text = (build / "toolchain").read_text()
    clang = re.search(r"clang version (\d+)", text)
    if clang:
        return f"clang {clang[1]}"
    return "gcc " + re.search(r" (\d+)\.[\d.]+$", text.strip())[1]


def emulator():
    return "QEMU " + re.search(r"version (\d+)", output_of(QEMU, "--version"))[1]


def key(build):
    return f"{compiler(build)}, {emulator()}"


def load():
    return json.loads(PATH.read_text()) if PATH.exists() else {}


def save(name, counts):
    """counts is {measure: {function: instructions}}; replaces the record `name`."""
    everything = load()
    everything[name] = {
        measure: {"total": sum(functions.values()), "functions": {
            function: count for function, count in sorted(functions.items(), key=lambda f: -f[1])
            if count > KEPT * sum(functions.values())}}
        for measure, functions in counts.items()}
    PATH.write_text(json.dumps(everything, indent=1, sort_keys=True) + "\n")


def difference(functions, record):
    """Lines that say which functions cost more or less than on record, the largest first."""
    names = functions.keys() | record["functions"].keys()
    changes = {name: functions.get(name, 0) - record["functions"].get(name, 0) for name in names}
    ordered = sorted(changes.items(), key=lambda change: -abs(change[1]))
    return [f"  {change:>+13,}  {name}" for name, change in ordered[:SHOWN] if change]


def is_too_much(functions, record):
    return sum(functions.values()) > record["total"] * TOLERANCE
