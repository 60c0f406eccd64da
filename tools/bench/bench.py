"""Measures what Firstlight costs, in instructions and in time; `make bench` runs this.

    tools/bench/bench.py --build build [--runs 3] [WHAT ...]

WHAT is counts (our own instructions, compared with their record), boot (the same, and compared
with a bare limit on three disks), console (and the bytes sent to COM1), heap, peers (GRUB and
SYSLINUX loading the same kernel), or record, which makes the current counts the record.
Without WHAT: all except record.  build/bench/results.json has all numbers.
"""

import argparse
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import QEMU, ROOT, Trouble, fail, output_of  # noqa: E402
import boot_cost  # noqa: E402
import console_cost  # noqa: E402
import greeting  # noqa: E402
import own_counts  # noqa: E402
import peers  # noqa: E402
import records  # noqa: E402
from progress import doing, say  # noqa: E402

COUNT_ROW = "{:<44}{:>13}{:>13}{:>8}{:>13}"


def count_own(options):
    """Yields (name, {function: instructions}), one after the other."""
    counts = own_counts.OwnCounts(options.build, options.nm, options.nasm)
    for name, (text, _) in own_counts.MEASURES.items():
        doing(f"counting: {text}")
        yield name, counts.measure(name)


def run_counts(options):
    key = records.key(options.build)
    on_record = records.load().get(key, {})
    say("\nOur own instructions " + (f"compared with the record of {key}" if on_record else
                                     f"(there is no record of {key}; make bench WHAT=record)"))
    say("\n" + COUNT_ROW.format("", "now", "on record", "", "at most"))
    results, grown = {}, []
    for name, functions in count_own(options):
        text = own_counts.MEASURES[name][0]
        limit = own_counts.limit(name, records.compiler(options.build))
        now, record = sum(functions.values()), on_record.get(name)
        change = f"{100 * (now / record['total'] - 1):+.1f} %" if record else ""
        say(COUNT_ROW.format(text, f"{now:,}", f"{record['total']:,}" if record else "-", change,
                             f"{limit:,}"))
        results[name] = now
        if record and records.is_too_much(functions, record):
            grown += [f"\n{text}, compared with the record:", *records.difference(functions, record)]
    for line in grown:
        say(line)
    return results


def run_heap(options):
    text = output_of(str(options.build / "tools/heap_bench"))
    say("\n" + text.rstrip())
    most, ns, times = re.search(r"\(([\d.]+) x\);.*?(\d+) ns.*?([\d.]+) x", text, re.S).groups()
    return {"frames": float(most), "ns_a_call": int(ns), "times_malloc": float(times)}


def run_record(options):
    key = records.key(options.build)
    records.save(key, dict(count_own(options)))
    say(f"{records.PATH.relative_to(ROOT)} now holds the counts of {key}.")


PARTS = {"counts": run_counts, "boot": boot_cost.run, "console": console_cost.run,
         "greeting": greeting.run, "heap": run_heap, "peers": peers.run, "record": run_record}
# the parts that some names stand for
WITH = {"boot": ["counts", "boot"], "console": ["console", "greeting"]}


def main():
    parser = argparse.ArgumentParser(description="Measures what Firstlight costs.")
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--runs", type=int, default=3, help="of each; the best one counts")
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--nasm", default="nasm")
    parser.add_argument("what", nargs="*", choices=[[], *PARTS], metavar="WHAT",
                        help=", ".join(PARTS))
    options = parser.parse_args()
    options.build = options.build.resolve()

    chosen = [part for what in options.what for part in WITH.get(what, [what])]
    path = options.build / "bench/results.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    results["qemu"] = output_of(QEMU, "--version").splitlines()[0]
    results["compiler"] = records.compiler(options.build)

    def keep(part, found):
        results[part] = found
        path.write_text(json.dumps(results, indent=1) + "\n")

    options.keep = keep         # for parts that take a long time
    try:
        for part in chosen or [part for part in PARTS if part != "record"]:
            keep(part, PARTS[part](options))
    except Trouble as trouble:
        fail(trouble)
    say(f"\nAll numbers: {path}")


if __name__ == "__main__":
    main()
