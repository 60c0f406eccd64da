"""Line coverage of all three stages, measured by running the image.

    tools/bench/coverage.py --build build [--verbose]

Boots the image in the scenarios of scenarios.py, good and bad ones, with the plugin
that counts instructions, and maps the addresses that ran to source lines with
the line tables in the stages' .elf files.  No instrumentation: the image is
the one that users get.  `make coverage` runs this.

Prints a table; build/coverage/report.txt also lists the lines that never ran,
build/coverage/firstlight.info has the same for lcov and genhtml.  A line counts as
code if an instruction came from it, so lines that the compiler removed do not count.
"""

import argparse
import bisect
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import ROOT, output_of  # noqa: E402
from scenarios import SCENARIOS, Scenario  # noqa: E402

STAGES = ("stage1", "stage2", "kernel")

# NASM statements that are not code, although they may be in a code section.
NASM_DATA = re.compile(r"\s*(\w+:)?\s*(times\s+\S+\s+)?(d[bwdqt]|dd?q|res[bwdq]|align\w*|incbin)\b",
                       re.I)

# ---- from addresses to lines ---------------------------------------------------


def source_file(name):
    """A file of the project from its name in a line table: relative, absolute, with a folder twice."""
    parts = Path(name).parts
    for i in range(len(parts)):
        if (ROOT / (found := Path(*parts[i:]))).is_file() and not found.is_absolute():
            return str(found)
    return None


def line_table(elf):
    """The code ranges that each come from one line: [(first address, end, file, line)]."""
    text = output_of("objdump", "--dwarf=decodedline", str(elf))
    rows = re.findall(r"^\S.*?\s(\d+|-|END)\s+(?:0x)?([0-9a-f]+)(?:\s|$)", text, re.M)
    starts = {int(address, 16) for line, address in rows if line.isdigit()}
    edges = sorted(starts | {int(address, 16) for _, address in rows})
    # objdump shortens file names to their last part; addr2line prints the full name
    places = output_of("addr2line", "-e", str(elf), *map(hex, edges)).splitlines()
    table = []
    for i, (address, place) in enumerate(zip(edges, places)):
        name, line = re.match(r"(.*):(\d+|\?)", place).groups()
        if address in starts and i + 1 < len(edges) and line.isdigit() and source_file(name):
            table.append((address, edges[i + 1], source_file(name), int(line)))
    return table


def count_lines(table, executed):
    """{file: {line: times}} of all lines that have code."""
    addresses = sorted(executed)
    lines = defaultdict(dict)
    for first, end, file, line in table:
        ran = addresses[bisect.bisect_left(addresses, first):bisect.bisect_left(addresses, end)]
        times = max((executed[address] for address in ran), default=0)
        lines[file][line] = max(times, lines[file].get(line, 0))
    for file in [name for name in lines if name.endswith((".asm", ".inc"))]:
        source = (ROOT / file).read_text().splitlines()
        lines[file] = {line: times for line, times in lines[file].items()
                       if times or not NASM_DATA.match(source[line - 1])}
    return lines


# ---- reports ---------------------------------------------------------------------


def ranges(numbers, code_lines):
    """Lines that never ran as text, "5-9, 14"; lines without code do not interrupt a range."""
    numbers, parts = set(numbers), []
    for line in sorted(code_lines):
        if line not in numbers:
            parts.append(None)
        elif parts and parts[-1]:
            parts[-1][1] = line
        else:
            parts.append([line, line])
    return ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in filter(None, parts))


def row(name, lines, covered):
    return f"{name:<36}{lines:>6}{covered:>9}{100 * covered / lines if lines else 100:>8.1f} %"


def report(stages, with_ranges):
    """The table, stage by stage; with_ranges also lists the lines that never ran."""
    out = [f"{'file':<36}{'lines':>6}{'covered':>9}"]
    for stage, files in stages.items():
        total = covered = 0
        out.append("")
        for file, lines in sorted(files.items()):
            missed = [line for line, times in lines.items() if not times]
            out.append(row(file, len(lines), len(lines) - len(missed)))
            if missed and with_ranges:
                out.append(f"    never ran: {ranges(missed, lines)}")
            total += len(lines)
            covered += len(lines) - len(missed)
        out.append(row(f"{stage}: total", total, covered))
    return "\n".join(out) + "\n"


def lcov(stages):
    """The format of lcov's geninfo.  Code of lib/ ran if it ran in any stage."""
    merged = defaultdict(lambda: defaultdict(int))
    for files in stages.values():
        for file, lines in files.items():
            for line, times in lines.items():
                merged[file][line] += times
    out = []
    for file, lines in sorted(merged.items()):
        out += ["TN:firstlight", f"SF:{ROOT / file}"]
        out += [f"DA:{line},{times}" for line, times in sorted(lines.items())]
        out += [f"LF:{len(lines)}", f"LH:{sum(map(bool, lines.values()))}", "end_of_record"]
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Line coverage of the stages of a boot.")
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--verbose", action="store_true", help="also the lines that never ran")
    options = parser.parse_args()
    folder = options.build.resolve() / "coverage"
    folder.mkdir(parents=True, exist_ok=True)

    executed, troubles = defaultdict(int), []
    for arguments in SCENARIOS:
        scenario = Scenario(options.build.resolve(), *arguments)
        print(f"  {scenario.name}", flush=True)
        counts, trouble = scenario.counts()
        for address, times in counts.items():
            executed[address] += times
        if trouble:
            troubles.append(f"{scenario.name}: {trouble}")

    stages = {stage: count_lines(line_table(options.build / f"{stage}.elf"), executed)
              for stage in STAGES}
    (folder / "report.txt").write_text(report(stages, with_ranges=True))
    (folder / "firstlight.info").write_text(lcov(stages))
    print(f"\n{report(stages, options.verbose)}")
    print(f"Lines that never ran: {folder / 'report.txt'}; for lcov: {folder / 'firstlight.info'}")
    for trouble in troubles:
        print(f"coverage.py: {trouble}", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
