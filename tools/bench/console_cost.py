"""What a scrolled line costs on a VGA text screen, for the kernel's method and for others.

tools/bench/scroll.c is a kernel that prints lines of 80 characters by a method that is
written into its image.  A line's cost is the difference between a boot with many
lines and one with few, divided by the number of lines in between, so that everything
else cancels out:

- instructions: guest instructions, counted by tools/bench/count.c;
- reads, writes: accesses to VGA memory of any width, counted by it as well.  On a
  real PC each goes over a bus, to memory that is slower than RAM;
- time: QEMU's CPU time without the plugin, the best of all rounds, as a multiple of
  the kernel's own method.
"""

import resource
import struct

from guest import Guest, constants, output_of, read_counts, read_watched
from images import EXIT, LIMIT
from progress import doing, say

LAYOUT = constants()
LOAD = LAYOUT["KERNEL_LOAD_ADDRESS"]
VGA = (LAYOUT["VGA_TEXT_ADDRESS"], LAYOUT["VGA_TEXT_ADDRESS"] + 0x8000)
WAYS = [                    # enum way of scroll.c
    "cell by cell within VGA memory",
    "four cells at a time within VGA memory",
    "copy moved in RAM, whole screen written",
    "CRTC start address, one row written",
    "ring of rows, shown after each line",
    "ring of rows, shown every 25 lines",
]
OURS = WAYS[-1]
COUNTED = (500, 2500)       # lines, few and many
TIMED = (2500, 27500)
ROW = "{:<42}{:>13}{:>8}{:>8}{:>8}"


class Scroller:
    """The kernel's images, one for each method and number of lines."""

    def __init__(self, build, nm):
        self.build = build
        self.kernel = (build / "bench/scroll.bin").read_bytes()
        symbols = output_of(nm, str(build / "bench/scroll.elf")).splitlines()
        self.order = next(int(line.split()[0], 16) for line in symbols
                          if line.endswith(" order")) - LOAD

    def image(self, way, lines):
        kernel = bytearray(self.kernel)
        struct.pack_into("<II", kernel, self.order, way, lines)
        path = self.build / f"bench/scroll-{way}-{lines}"
        path.with_suffix(".bin").write_bytes(kernel)
        output_of(str(self.build / "tools/firstlight-image"), "make", "--kernel",
                  str(path.with_suffix(".bin")), "--out", str(path.with_suffix(".img")))
        return path.with_suffix(".img")

    def counts(self, way, lines):
        """Instructions, reads and writes of a whole run."""
        report = self.build / "bench/scroll.counts"
        report.unlink(missing_ok=True)
        with Guest(self.image(way, lines), *EXIT, plugin=self.build / "tools/count.so",
                   report=report, mark=LOAD, watch=VGA) as pc:
            pc.wait_for_end(LIMIT)
        return sum(count.kernel for count in read_counts(report).values()), *read_watched(report)

    def seconds(self, way, lines):
        image = self.image(way, lines)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with Guest(image, *EXIT) as pc:
            pc.wait_for_end(LIMIT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def per_line(measure, way, lines):
    few, many = (measure(way, number) for number in lines)
    return [(m - f) / (lines[1] - lines[0]) for f, m in zip(few, many)]


def run(options):
    """Prints the table and returns its numbers."""
    scroller, results = Scroller(options.build, options.nm), []
    rounds = []
    for number in range(options.runs):
        doing(f"timing scrolled lines, round {number + 1} of {options.runs}")
        rounds.append([per_line(lambda way, lines: [scroller.seconds(way, lines)], way, TIMED)[0]
                       for way in range(len(WAYS))])
    times = dict(zip(WAYS, map(min, zip(*rounds))))
    say("\nA line of 80 characters that scrolls the screen (tools/bench/scroll.c)\n")
    say(ROW.format("", "instructions", "reads", "writes", "time"))
    for way, name in enumerate(WAYS):
        doing(f"counting scrolled lines, {name}")
        instructions, reads, writes = per_line(scroller.counts, way, COUNTED)
        results.append({"way": name, "instructions": instructions, "reads": reads,
                        "writes": writes, "time": times[name] / times[OURS]})
        say(ROW.format(name, f"{instructions:,.0f}", f"{reads:,.0f}", f"{writes:,.0f}",
                       f"{times[name] / times[OURS]:.1f}x"))
    return results
