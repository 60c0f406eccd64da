"""Compares the cost of a boot with a bare minimum: instructions, BIOS calls, sectors, time.

For the default kernel and kernels of random bytes, on IDE, AHCI and virtio, counted by the
plugin from the first instruction at 7C00h up to, but not including, the kernel's first.
The bare minimum is tools/bench/limit.asm: a boot sector that only reads, copies and jumps.

- own, BIOS, total: instructions by the address of their code, counting an iteration of
  REP as one, of the run with the smallest total.  The BIOS polls the disk, so
  its part varies; our own does not.
- INT 13h: how often the code ran that the IVT's entry 13h points to.
- sectors: those read from QEMU's drive, less those that the BIOS alone reads
  before it starts an MBR.
- time: QEMU's CPU time from the MBR to the kernel, as a ratio to the bare
  minimum.  Runs without the plugin, interleaved, the best of each; an MBR that stops
  at once counts as zero.  Left out where the minimum is too short for a ratio.
"""

import resource
import struct
from collections import Counter

from guest import Guest, Symbols, read_counts, region_of
from images import ENTRY, EXIT, LAYOUT, LIMIT, SECTOR, Images
from own_counts import KIB, OWN
from progress import doing, say

MBR = LAYOUT["MBR_ADDRESS"]
SIZES = {"64 KiB": 64 * KIB, "1 MiB": 1024 * KIB, "16 MiB": 16 * 1024 * KIB}
DISKS = {
    "IDE": ("if=ide", []),
    "AHCI": ("if=none,id=disk", ["-device", "ahci,id=ahci",
                                 "-device", "ide-hd,drive=disk,bus=ahci.0,bootindex=0"]),
    "virtio": ("if=virtio", []),
}
HOTTEST = 10                # functions listed per kernel
SHORTEST = 0.020            # seconds of the bare minimum that are enough for a ratio of times

COLUMNS = "{:<7}{:<9}{:>12}{:>13}{:>13}{:>7}{:>9}{:>8}{:>8}{:>7}"
HEAD = COLUMNS.format("disk", "kernel", "own", "BIOS", "total", "calls", "sectors",
                      "own", "total", "time")


class Run:
    """What one boot cost."""

    def __init__(self, counts, ivt_entry, sectors):
        self.counts = counts            # {address: times}
        self.sectors = sectors
        offset, segment = struct.unpack("<HH", ivt_entry)
        self.calls = counts.get(segment * 16 + offset, 0)
        self.regions = Counter()
        for address, times in counts.items():
            self.regions[region_of(address)] += times
        self.own = sum(self.regions[name] for name in OWN)
        self.total = sum(counts.values())

    def numbers(self):
        return {"own": self.own, "bios": self.total - self.own, "total": self.total,
                "int13_calls": self.calls, "sectors": self.sectors, "regions": dict(self.regions)}


def count(build, image, disk, mark, own_sectors=0):
    """Boots until `mark` is reached and returns the Run."""
    drive, arguments = DISKS[disk]
    report = build / "bench/counts"
    report.unlink(missing_ok=True)
    with Guest(image, *arguments, plugin=build / "tools/count.so", report=report, mark=mark,
               drive=drive) as pc:
        pc.wait_for_file(report, LIMIT)
        counts = {address: count.loader for address, count in read_counts(report).items()
                  if count.loader}
        statistics = pc.qmp_command("query-blockstats")
        sectors = sum(disk["stats"]["rd_bytes"] for disk in statistics) // SECTOR
        return Run(counts, pc.memory(4 * 0x13, 4), sectors - own_sectors)


def best(runs, what):
    """The run with the smallest total; reports if our own count varies."""
    own = sorted({run.own for run in runs})
    if len(own) > 1:
        say(f"  {what}: own instructions vary, {own[0]:,} to {own[-1]:,}")
    return min(runs, key=lambda run: run.total)


def hottest(run, symbols):
    """[(stage, function, instructions)] of our own code, the largest first."""
    functions = Counter()
    for address, times in run.counts.items():
        if region_of(address) in OWN:
            functions[symbols.function_at(address)] += times
    return [(stage, name, times) for (stage, name), times in functions.most_common()]


def cpu_seconds(image, disk):
    """QEMU's CPU time until the guest stops it, including its start and end."""
    drive, arguments = DISKS[disk]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Guest(image, *arguments, *EXIT, drive=drive) as pc:
        pc.wait_for_end(LIMIT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def time_ratio(firmware, limit, ours, disk, runs):
    """Our time from the MBR to the kernel, as a multiple of the minimum's; None if too short."""
    rounds = [[cpu_seconds(image, disk) for image in (firmware, limit, ours)] for _ in range(runs)]
    zero, least, own = (min(column) for column in zip(*rounds))
    return round((own - zero) / (least - zero), 2) if least - zero >= SHORTEST else None


def table_row(result):
    def times(key):
        return f"{result['limit'][key]:.2f}x" if result.get("limit", {}).get(key) else "-"
    return COLUMNS.format(result["disk"], result["kernel"], f"{result['own']:,}",
                          f"{result['bios']:,}", f"{result['total']:,}", result["int13_calls"],
                          result["sectors"], times("own"), times("total"), times("time"))


class BootCost:
    def __init__(self, options):
        self.build, self.runs = options.build, options.runs
        self.images = Images(self.build, options.nasm)
        self.symbols = Symbols(options.nm, self.build)
        self.firmware = self.images.firmware_only()

    def count(self, image, disk, mark, what, own_sectors):
        doing(f"counting {disk}, {what}")
        return best([count(self.build, image, disk, mark, own_sectors)
                     for _ in range(self.runs)], f"{disk}, {what}")

    def result(self, disk, kernel, run, **more):
        return {"disk": disk, "kernel": kernel, **run.numbers(), **more,
                "functions": hottest(run, self.symbols)}

    def measure(self, disk):
        """The results of one disk, one after the other."""
        bios = count(self.build, self.firmware, disk, MBR + 2).sectors
        run = self.count(self.build / "disk.img", disk, self.symbols["_start"], "default", bios)
        yield self.result(disk, "default", run)
        for kernel, size in SIZES.items():
            ours, limit = self.images.ours(size), self.images.limit(size)
            run = self.count(ours, disk, ENTRY, kernel, bios)
            least = self.count(limit, disk, ENTRY, f"{kernel}, bare limit", bios)
            doing(f"timing {disk}, {kernel}")
            yield self.result(disk, kernel, run, limit_numbers=least.numbers(), limit={
                "own": run.own / least.own, "total": run.total / least.total,
                "time": time_ratio(self.firmware, limit, ours, disk, self.runs)})


def print_hottest(result):
    say(f"\n{result['disk']}, {result['kernel']}: our own instructions by function")
    for stage, function, times in result["functions"][:HOTTEST]:
        say(f"  {stage:<8}{function:<28}{times:>12,}{100 * times / result['own']:>7.1f} %")


def run(options):
    """Prints the table and returns its numbers."""
    boot, results = BootCost(options), []
    say("\nGuest instructions from 7C00h to the kernel's first, INT 13h calls, sectors read;")
    say("on the right as multiples of the bare limit (tools/bench/limit.asm).\n")
    say(HEAD)
    for disk in DISKS:
        for result in boot.measure(disk):
            results.append(result)
            say(table_row(result))
    for result in results:
        if result["disk"] == "IDE" and result["kernel"] in ("default", "16 MiB"):
            print_hottest(result)
    return results
