"""What a scrolled line costs on a VGA text screen, in the kernel's way and in others.

    tools/bench/bench_scroll.py --build build

tools/bench/scroll.c is a kernel that prints lines of 80 characters in a way that is
written into its image.  A line's cost is the difference between a boot with many
lines and one with few, divided by the lines in between, so that all else drops out:

- instructions: guest instructions, counted by tools/bench/count.c;
- reads, writes: accesses to VGA memory, whatever their width, counted by it, too.  On a real
  PC each goes over a bus, to memory that is slower than RAM;
- time: what QEMU took of a CPU, without the plugin, the best of three rounds, as a multiple of
  the kernel's own way.

`make bench` runs this.
"""

import argparse
import resource
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import (ROOT, Guest, Trouble, constants, fail, output_of,  # noqa: E402
                   read_counts, read_watched)

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
ROUNDS = 3
EXIT = ("-device", "isa-debug-exit,iobase=0xf4,iosize=1")
ROW = "{:<42}{:>13}{:>8}{:>8}{:>8}"


class Scroller:
    """The kernel's images, one for each way and number of lines."""

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
            pc.wait_for_end()
        return sum(count.kernel for count in read_counts(report).values()), *read_watched(report)

    def seconds(self, way, lines):
        image = self.image(way, lines)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with Guest(image, *EXIT) as pc:
            pc.wait_for_end()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def per_line(measure, way, lines):
    few, many = (measure(way, number) for number in lines)
    return [(m - f) / (lines[1] - lines[0]) for f, m in zip(few, many)]


def main():
    parser = argparse.ArgumentParser(description="What a scrolled line costs.")
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--nm", default="nm")
    options = parser.parse_args()
    scroller = Scroller(options.build.resolve(), options.nm)

    def seconds(way, number):
        return [scroller.seconds(way, number)]

    try:
        rounds = [[per_line(seconds, way, TIMED)[0] for way in range(len(WAYS))]
                  for _ in range(ROUNDS)]
        times = dict(zip(WAYS, map(min, zip(*rounds))))
        print("\nA line of 80 characters that scrolls the screen (tools/bench/scroll.c)\n")
        print(ROW.format("", "instructions", "reads", "writes", "time"))
        for way, name in enumerate(WAYS):
            instructions, reads, writes = per_line(scroller.counts, way, COUNTED)
            print(ROW.format(name, f"{instructions:,.0f}", f"{reads:,.0f}", f"{writes:,.0f}",
                             f"{times[name] / times[OURS]:.1f}x"), flush=True)
    except Trouble as trouble:
        fail(trouble)
    print()


if __name__ == "__main__":
    main()
