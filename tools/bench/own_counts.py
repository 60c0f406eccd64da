"""What our own code costs, by function: the counts that must not grow (tools/bench/records.json).

Counted by the plugin tools/bench/count.c, and the same in each run: the loader's own
code neither polls nor calibrates, and the kernel runs on virtual time (-icount), so that
the timer's ticks come after the same instructions.

- boot: from the first instruction at 7C00h to the kernel's first, on IDE, a kernel of
  random bytes; own instructions, without the BIOS's.
- start: from the kernel's entry to the prompt, without the functions that wait for the
  PIT while the TSC is calibrated (2.1 ms).
- line: a printk of 80 characters that scrolls the screen (tools/bench/printk.c).
"""

from collections import Counter
from functools import cached_property

from guest import Guest, Symbols, read_counts, region_of
from images import ENTRY, EXIT, LIMIT, Images

KIB, MIB = 1 << 10, 1 << 20
OWN = ("stage 1", "stage 2")
LINES = 1000                # of printk.c
WAITS = {"tsc_calibrate", "shortest_window", "measure_window"}
VIRTUAL_TIME = ("-icount", "shift=2")       # 4 ns per instruction

# name: (what it is, the limit with GCC)
MEASURES = {
    "boot 64 KiB": ("load a kernel of 64 KiB and enter it", 200_000),
    "boot 16 MiB": ("load a kernel of 16 MiB and enter it", 26_000_000),
    "start 128 MiB": ("kernel entry to prompt, 128 MiB of RAM", 500_000),
    "start 64 GiB": ("kernel entry to prompt, 64 GiB of RAM", 800_000),
    "start 512 GiB": ("kernel entry to prompt, 512 GiB of RAM", 2_000_000),
    "line": ("print a line of 80 characters, no COM1", 3_000),
    "line COM1": ("print a line of 80 characters, with COM1", 3_800),
}


OTHER_COMPILERS = 1.2       # times the limit: Clang's code for XXH32 is longer


def limit(name, compiler):
    most = MEASURES[name][1]
    return most if compiler.startswith("gcc") else round(most * OTHER_COMPILERS)


class OwnCounts:
    def __init__(self, build, nm, nasm):
        self.build, self.nm = build, nm
        self.images = Images(build, nasm)
        self.report = self.images.folder / "own.counts"

    @cached_property
    def symbols(self):
        return Symbols(self.nm, self.build)

    @cached_property
    def printk_symbols(self):
        return Symbols(self.nm, self.build, ("bench/printk",))

    def _count(self, image, *arguments, symbols, until_end=False, **options):
        """{function: instructions} between the plugin's start and its mark."""
        self.report.unlink(missing_ok=True)
        with Guest(image, *arguments, plugin=self.build / "tools/count.so", report=self.report,
                   **options) as pc:
            if until_end:
                pc.wait_for_end(LIMIT)
            else:
                pc.wait_for_file(self.report, LIMIT)
        functions = Counter()
        for address, count in read_counts(self.report).items():
            if count.loader:
                functions[symbols.function_at(address)[1], region_of(address)] += count.loader
        return functions

    def _own(self, functions, regions, without=()):
        own = Counter()
        for (function, region), count in functions.items():
            if region in regions and function not in without:
                own[function] += count
        return own

    def boot(self, size):
        functions = self._count(self.images.ours(size), symbols=self.symbols, mark=ENTRY)
        return self._own(functions, OWN)

    def start(self, memory):
        backend = f"memory-backend-ram,id=ram,size={memory},reserve=off"
        functions = self._count(
            self.build / "disk.img", *VIRTUAL_TIME, "-object", backend, symbols=self.symbols,
            machine="pc,memory-backend=ram", memory=memory,
            start=self.symbols["_start"], mark=self.symbols["input_wait_once"])
        return self._own(functions, ("kernel",), WAITS)

    def line(self, serial):
        functions = self._count(
            self.build / "bench/printk.img", *VIRTUAL_TIME, *EXIT, symbols=self.printk_symbols,
            start=self.printk_symbols["printk_lines_begin"],
            mark=self.printk_symbols["printk_lines_end"], serial=serial, until_end=True)
        own = self._own(functions, ("kernel",))
        return Counter({function: round(count / LINES) for function, count in own.items()})

    def measure(self, name):
        """{function: instructions} of one of MEASURES."""
        kind, *what = name.split()
        if kind == "boot":
            return self.boot(int(what[0]) * {"KiB": KIB, "MiB": MIB}[what[1]])
        if kind == "start":
            return self.start(what[0] + what[1][0])
        return self.line(serial=bool(what))
