"""Fills the tables of docs/performance.md and draws its plot, from the numbers of `make bench`.

    tools/bench/performance_page.py [--tools | build/bench/results.json]

The numbers are kept beside the page, in docs/performance.json; without an argument the page
is made again from those.  Each table is between the comments <!-- name --> and
<!-- /name -->.  With --tools this only says which packages are missing for the numbers of GRUB
and SYSLINUX.
"""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import ROOT  # noqa: E402
from other_loaders import missing_packages  # noqa: E402
from own_counts import MEASURES  # noqa: E402
from peers import LOADERS, time_text  # noqa: E402
from plot import plot  # noqa: E402

PAGE = ROOT / "docs/performance.md"
KEPT = ROOT / "docs/performance.json"
PLOT = ROOT / "docs/images/performance.svg"
BYTE_MS = 10 / 115.2        # 8N1: ten bits


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def counts(results):
    return table(["", "instructions"], [
        [MEASURES[name][0], f"{count:,}"] for name, count in results["counts"].items()])


def own(results):
    return table(["kernel", *LOADERS], [
        [result["kernel"], *(f"{result['own'][loader]:,}" for loader in LOADERS)]
        for result in results["peers"]])


def times(results):
    return table(["kernel, disk", *LOADERS], [
        [f"{result['kernel']}, {disk}", *(time_text(seconds, loader) for loader in LOADERS)]
        for result in results["peers"] for disk, seconds in result["seconds"].items()])


def boot(results):
    def times_limit(result, what):
        factor = result.get("limit", {}).get(what)
        return f"{factor:.2f}" if factor else "-"

    return table(["disk, kernel", "own", "BIOS", "INT 13h", "sectors", "own / limit",
                  "total / limit"], [
        [f"{result['disk']}, {result['kernel']}", f"{result['own']:,}", f"{result['bios']:,}",
         f"{result['int13_calls']:,}", f"{result['sectors']:,}", times_limit(result, "own"),
         times_limit(result, "total")] for result in results["boot"]])


def console(results):
    return table(["a line of 80 characters that scrolls", "instructions", "VGA reads", "VGA writes",
                  "time"], [
        [result["way"], *(f"{result[what]:,.0f}" for what in ("instructions", "reads", "writes")),
         f"{result['time']:.1f}" if result["time"] else "-"] for result in results["console"]])


def greeting(results):
    size = results["greeting"]
    return table(["to the prompt, on COM1", "bytes", "at 115200 baud"], [
        [name, f"{size[name]:,}", f"{size[name] * BYTE_MS:.0f} ms"] for name in size])


def machine(results):
    return f"Measured with {results['qemu'].replace('emulator ', '')} and {results['compiler']}."


BLOCKS = [machine, counts, own, times, boot, console, greeting]


def page(text, results):
    """The page with all of its blocks made again."""
    for block in BLOCKS:
        mark = block.__name__
        text, found = re.subn(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)",
                              lambda match: f"{match[1]}{block(results)}\n{match[2]}", text,
                              flags=re.S)
        if found != 1:
            sys.exit(f"{PAGE.relative_to(ROOT)} has {found} places for {mark}")
    return text


def drawing(results):
    return plot("Instructions outside the firmware, by the size of the kernel",
                [result["kernel"] for result in results["peers"]],
                {loader: [result["own"][loader] for result in results["peers"]]
                 for loader in LOADERS})


def main():
    if sys.argv[1:] and (missing := missing_packages()):
        sys.exit(f"performance: missing: {', '.join(missing)}. `make setup performance` brings them.")
    if sys.argv[1:] == ["--tools"]:
        return
    if sys.argv[1:]:
        results = json.loads(Path(sys.argv[1]).read_text())
        for result in results["boot"]:
            result.pop("functions", None)
        KEPT.write_text(json.dumps(results, indent=1) + "\n")
    results = json.loads(KEPT.read_text())
    PAGE.write_text(page(PAGE.read_text(), results))
    PLOT.write_text(drawing(results))


if __name__ == "__main__":
    main()
