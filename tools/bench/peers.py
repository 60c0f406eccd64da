"""GRUB and SYSLINUX loading the same kernel from the same disks, beside ours and the bare limit.

- own: instructions outside the firmware, from 7C00h to the kernel's first, on virtio, where
  the BIOS has the least to do.  Ours verifies every byte, the others none.
- time: wall-clock time of the whole of QEMU, the median of some rounds in which all
  loaders take turns, less that of an MBR that stops at once.  Not shown where the rounds
  of that one differ by as much.
"""

import statistics
import time

import peer_images
from boot_cost import DISKS
from guest import FIRMWARE_REGIONS, Guest, read_counts, region_of
from images import ENTRY, EXIT, LIMIT, Images
from other_loaders import missing_packages
from own_counts import KIB
from progress import doing, say

SIZES = {"64 KiB": 64 * KIB, "1 MiB": 1024 * KIB, "16 MiB": 16384 * KIB, "64 MiB": 65536 * KIB}
LOADERS = ["bare reading", "Firstlight", "SYSLINUX", "GRUB"]
FIRMWARE = {name for name, _, _ in FIRMWARE_REGIONS}
ZERO = "an MBR that stops"
MEMORY = "512M"
ENOUGH = 90                 # seconds for one disk: no further round once they are over
ROW = "{:<9}{:<8}" + "{:>15}" * len(LOADERS)


class Peers:
    def __init__(self, options):
        self.build = options.build
        self.images = Images(options.build, options.nasm)
        self.firmware = self.images.firmware_only()

    def all_images(self, size):
        payload = self.images.random_kernel(size).read_bytes()
        return dict(zip(LOADERS, [
            self.images.limit(size), self.images.ours(size),
            peer_images.syslinux(self.images.folder, payload),
            peer_images.grub(self.images.folder, payload)]))

    def own(self, loader, image):
        drive, arguments = DISKS["virtio"]
        report = self.images.folder / "peer.counts"
        report.unlink(missing_ok=True)
        mark = ENTRY if loader in LOADERS[:2] else None         # the others' end ends the count
        with Guest(image, *arguments, *EXIT, plugin=self.build / "tools/count.so", report=report,
                   mark=mark, drive=drive, memory=MEMORY) as pc:
            pc.wait_for_end(LIMIT)
        return sum(count.loader for address, count in read_counts(report).items()
                   if region_of(address) not in FIRMWARE)

    def seconds(self, image, disk):
        drive, arguments = DISKS[disk]
        start = time.monotonic()
        with Guest(image, *arguments, *EXIT, drive=drive, memory=MEMORY) as pc:
            pc.wait_for_end(LIMIT)
        return time.monotonic() - start

    def times(self, images, disk, rounds):
        """{loader: [seconds]} of all of them, one after the other in each round.

        Where one round takes minutes there is only one: 64 MiB through the port of an IDE disk.
        """
        taken, start = {name: [] for name in (ZERO, *images)}, time.monotonic()
        for number in range(rounds):
            if number > 0 and time.monotonic() - start > ENOUGH:
                break
            for name, image in ((ZERO, self.firmware), *images.items()):
                taken[name].append(self.seconds(image, disk))
        return taken


def milliseconds(seconds, loader):
    """From the MBR to the kernel; None where the host's own variation is as large."""
    zero = seconds[ZERO]
    span = statistics.median(seconds[loader]) - statistics.median(zero)
    return round(1000 * span) if span > max(zero) - min(zero) else None


def time_text(seconds, loader):
    ms = milliseconds(seconds, loader)
    return "-" if ms is None else f"{ms:,} ms"


def measure(options):
    """Yields the results of a size, then those with the times on one disk more each."""
    peers = Peers(options)
    for kernel, size in SIZES.items():
        images = peers.all_images(size)
        result = {"kernel": kernel, "bytes": size, "own": {}, "seconds": {}}
        for loader, image in images.items():
            doing(f"counting {loader}, {kernel}")
            result["own"][loader] = peers.own(loader, image)
        yield result, None
        for disk in DISKS:
            doing(f"timing {disk}, {kernel}")
            result["seconds"][disk] = peers.times(images, disk, options.runs)
            yield result, disk


def print_row(result, disk):
    if disk is None:
        texts = [f"{result['own'][loader]:,}" for loader in LOADERS]
    else:
        texts = [time_text(result["seconds"][disk], loader) for loader in LOADERS]
    say(ROW.format(result["kernel"], disk or "own", *texts))


def run(options):
    """Prints the table and returns its numbers; None without the packages."""
    missing = missing_packages()
    if missing:
        say("\nGRUB and SYSLINUX are not measured: not all of their packages are there."
            f"\nMissing: {', '.join(missing)}. `make setup performance` brings them.")
        return None
    say("\nInstructions outside the firmware from 7C00h to the kernel's first (own), and wall-clock"
        "\ntime between the two; GRUB and SYSLINUX read FAT32 and a configuration file.\n")
    say(ROW.format("kernel", "", *LOADERS))
    results = {}
    for result, disk in measure(options):
        print_row(result, disk)
        results[result["kernel"]] = result
        options.keep("peers", list(results.values()))
    return list(results.values())
