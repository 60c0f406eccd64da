"""What a boot costs: guest instructions, BIOS calls, sectors, and time as a ratio.

    tools/bench/bench.py --build build [--runs 3]

For the default kernel and kernels of random bytes, on IDE, AHCI and virtio,
counted by the plugin tools/bench/count.c from the first instruction at 7C00h
up to, not including, the kernel's first.  Beside it stands the bare limit,
tools/bench/limit.asm: a boot sector that only reads, copies and jumps.
`make bench` runs this; build/bench/results.json has all numbers.

How each number comes about:
- own, BIOS, total: instructions by the address of their code, an iteration of
  REP as one, of the run with the smallest total.  The BIOS polls the disk, so
  its share varies; our own does not.
- INT 13h: how often the code ran that the IVT's entry 13h points to.
- sectors: what QEMU's drive was asked for, less what the BIOS alone reads
  before it starts an MBR.
- time: what QEMU took of a CPU from the MBR to the kernel, as a ratio to the bare
  limit.  Runs without the plugin, interleaved, the best of each; an MBR that stops
  at once is the zero.  Left out where the limit takes too little for a ratio.
"""

import argparse
import json
import os
import random
import resource
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "shared"))
from guest import (QEMU, ROOT, Guest, Symbols, Trouble, constants, fail,  # noqa: E402
                   output_of, read_counts, region_of)

LAYOUT = constants()
SECTOR = LAYOUT["SECTOR_SIZE"]
KERNEL_LBA = LAYOUT["KERNEL_LBA"]
LOAD = LAYOUT["KERNEL_LOAD_ADDRESS"]
ENTRY = LAYOUT["KERNEL_BASE"] + LOAD        # of a kernel of random bytes
MBR = LAYOUT["MBR_ADDRESS"]
OWN = ("stage 1", "stage 2")
KIB = 1024
SIZES = {"64 KiB": 64 * KIB, "1 MiB": 1024 * KIB, "16 MiB": 16 * 1024 * KIB}
DISKS = {
    "IDE": ("if=ide", []),
    "AHCI": ("if=none,id=disk", ["-device", "ahci,id=ahci",
                                 "-device", "ide-hd,drive=disk,bus=ahci.0,bootindex=0"]),
    "virtio": ("if=virtio", []),
}
HOTTEST = 10                # functions listed a kernel
SHORTEST = 0.020            # seconds of the bare limit that allow a ratio of times

# mov al, 0; out 0f4h, al (QEMU's isa-debug-exit, where there is one); cli; hlt; jmp to the hlt
STOP = bytes.fromhex("b000 e6f4 fa f4 ebfd")

# ---- the images -----------------------------------------------------------------


class Images:
    """Disk images by name, each made once."""

    def __init__(self, build, nasm):
        self.build, self.nasm = build, nasm
        self.folder = build / "bench"
        self.folder.mkdir(parents=True, exist_ok=True)

    def write(self, name, parts):
        """An image of at least a floppy's size; parts is {sector: bytes}."""
        path = self.folder / f"{name}.img"
        with path.open("wb") as out:
            for sector, data in parts.items():
                out.seek(sector * SECTOR)
                out.write(data)
            size = out.seek(0, 2)
            out.truncate(max(-(-size // SECTOR), LAYOUT["FLOPPY_SECTORS"]) * SECTOR)
        return path

    def mkheader(self, *arguments):
        result = subprocess.run([self.build / "tools/mkheader", *map(str, arguments)],
                                stdout=subprocess.PIPE, check=True)
        return result.stdout

    def firmware_only(self):
        """An MBR that stops at once: what the machine does without a loader."""
        return self.write("firmware", {0: STOP.ljust(SECTOR - 2, b"\0") + b"\x55\xaa"})

    def random_kernel(self, size):
        payload = self.folder / f"{size}.bin"
        payload.write_bytes(STOP + random.Random(size).randbytes(size - len(STOP)))
        return payload

    def ours(self, size):
        """Our image, as disk.img.mk puts it together, with another kernel."""
        payload = self.random_kernel(size)
        image = (self.build / "disk.img").read_bytes()
        table = self.mkheader("table", payload)
        mbr = bytearray(image[:SECTOR])
        offset = LAYOUT["MBR_SIGNATURE_OFFSET"]
        mbr[offset:offset + len(table)] = table
        header = self.mkheader("kernel", payload, hex(LOAD), hex(ENTRY), size)
        path = self.write(f"ours-{size}", {
            0: mbr, 1: image[SECTOR:KERNEL_LBA * SECTOR],
            KERNEL_LBA: header, KERNEL_LBA + 1: payload.read_bytes()})
        os.truncate(path, int(self.mkheader("size", payload)))
        return path

    def limit(self, size):
        """The same kernel behind the bare limit's boot sector."""
        mbr = self.folder / "limit.mbr"
        output_of(self.nasm, "-f", "bin", "-I", f"{self.build}/include/", "-o", str(mbr),
                  "-D", f"SECTORS={size // SECTOR}", "-D", f"ENTRY={ENTRY:#x}",
                  str(ROOT / "tools/bench/limit.asm"))
        return self.write(f"limit-{size}", {
            0: mbr.read_bytes(), KERNEL_LBA + 1: self.random_kernel(size).read_bytes()})


# ---- counting ---------------------------------------------------------------------


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
        pc.wait_for_file(report)
        counts = {address: count.loader for address, count in read_counts(report).items()
                  if count.loader}
        statistics = pc.qmp_command("query-blockstats")
        sectors = sum(disk["stats"]["rd_bytes"] for disk in statistics) // SECTOR
        return Run(counts, pc.memory(4 * 0x13, 4), sectors - own_sectors)


def best(runs, what):
    """The run with the smallest total; says so if our own count is not always the same."""
    own = sorted({run.own for run in runs})
    if len(own) > 1:
        print(f"  {what}: own instructions vary, {own[0]:,} to {own[-1]:,}", flush=True)
    return min(runs, key=lambda run: run.total)


def hottest(run, symbols):
    """Our own instructions by function, the most expensive first: [(stage, function, times)]."""
    functions = Counter()
    for address, times in run.counts.items():
        if region_of(address) in OWN:
            functions[symbols.function_at(address)] += times
    return [(*function, times) for function, times in functions.most_common()]


# ---- time ---------------------------------------------------------------------------


def cpu_seconds(image, disk):
    """What QEMU takes of a CPU until the guest's word on port F4h, which ends it."""
    drive, arguments = DISKS[disk]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Guest(image, *arguments, "-device", "isa-debug-exit,iobase=0xf4,iosize=1",
               drive=drive) as pc:
        pc.wait_for_end()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def time_ratio(firmware, limit, ours, disk, runs):
    """Our time from the MBR to the kernel, as a multiple of the bare limit's; None if too short."""
    rounds = [[cpu_seconds(image, disk) for image in (firmware, limit, ours)] for _ in range(runs)]
    zero, least, own = (min(column) for column in zip(*rounds))
    return round((own - zero) / (least - zero), 2) if least - zero >= SHORTEST else None


# ---- the table -------------------------------------------------------------------------

COLUMNS = "{:<7}{:<9}{:>12}{:>13}{:>13}{:>7}{:>9}{:>8}{:>8}{:>7}"
HEAD = COLUMNS.format("disk", "kernel", "own", "BIOS", "total", "calls", "sectors",
                      "own", "total", "time")


def table_row(result):
    def times(key):
        return f"{result['limit'][key]:.2f}x" if result.get("limit", {}).get(key) else "-"
    return COLUMNS.format(result["disk"], result["kernel"], f"{result['own']:,}",
                          f"{result['bios']:,}", f"{result['total']:,}", result["int13_calls"],
                          result["sectors"], times("own"), times("total"), times("time"))


class Bench:
    def __init__(self, options):
        self.build, self.runs = options.build.resolve(), options.runs
        self.images = Images(self.build, options.nasm)
        self.symbols = Symbols(options.nm, self.build)
        self.firmware = self.images.firmware_only()
        self.pairs = {name: (self.images.ours(size), self.images.limit(size))
                      for name, size in SIZES.items()}

    def count(self, image, disk, mark, what, own_sectors):
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
        for kernel, (ours, limit) in self.pairs.items():
            run = self.count(ours, disk, ENTRY, kernel, bios)
            least = self.count(limit, disk, ENTRY, f"{kernel}, bare limit", bios)
            yield self.result(disk, kernel, run, limit_numbers=least.numbers(), limit={
                "own": run.own / least.own, "total": run.total / least.total,
                "time": time_ratio(self.firmware, limit, ours, disk, self.runs)})


def print_hottest(result):
    print(f"\n{result['disk']}, {result['kernel']}: our own instructions by function")
    for stage, function, times in result["functions"][:HOTTEST]:
        print(f"  {stage:<8}{function:<28}{times:>12,}{100 * times / result['own']:>7.1f} %")


def main():
    parser = argparse.ArgumentParser(description="What a boot costs.")
    parser.add_argument("--build", type=Path, default=ROOT / "build")
    parser.add_argument("--runs", type=int, default=3, help="of each; the best one counts")
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--nasm", default="nasm")
    options = parser.parse_args()

    bench, results = Bench(options), []
    print("Guest instructions from 7C00h to the kernel's first, INT 13h calls, sectors read;")
    print("on the right as multiples of the bare limit (tools/bench/limit.asm).\n")
    print(HEAD, flush=True)
    try:
        for disk in DISKS:
            for result in bench.measure(disk):
                results.append(result)
                print(table_row(result), flush=True)
    except Trouble as trouble:
        fail(trouble)
    for result in results:
        if result["disk"] == "IDE" and result["kernel"] in ("default", "16 MiB"):
            print_hottest(result)
    path = bench.build / "bench/results.json"
    path.write_text(json.dumps({"qemu": output_of(QEMU, "--version").splitlines()[0],
                                "runs": options.runs, "results": results}, indent=1) + "\n")
    print(f"\nAll numbers: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
