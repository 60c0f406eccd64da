"""GRUB and SYSLINUX loading the same kernel from the same disks, beside ours and the bare limit.

- own: instructions outside the firmware, from 7C00h to the kernel's first, on virtio, where
  the BIOS has the least to do.  Ours verifies every byte, the others none.
- time: wall-clock time of the whole of QEMU, the median of some rounds in which all
  loaders take turns, less that of an MBR that stops at once.
"""

import statistics
import time

import peer_images
from boot_cost import DISKS
from guest import FIRMWARE_REGIONS, Guest, read_counts, region_of
from images import ENTRY, EXIT, Images
from own_counts import KIB
from progress import doing, say

SIZES = {"64 KiB": 64 * KIB, "1 MiB": 1024 * KIB, "16 MiB": 16384 * KIB, "64 MiB": 65536 * KIB}
LOADERS = ["bare reading", "Firstlight", "SYSLINUX", "GRUB"]
FIRMWARE = {name for name, _, _ in FIRMWARE_REGIONS}
MEMORY = "512M"
LIMIT = 900                 # seconds for the longest of them, counted
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
        """{loader: milliseconds}, all of them one after the other in each round."""
        taken = {loader: [] for loader in images}
        zero = []
        for _ in range(rounds):
            zero.append(self.seconds(self.firmware, disk))
            for loader, image in images.items():
                taken[loader].append(self.seconds(image, disk))
        return {loader: round(1000 * (statistics.median(all_) - statistics.median(zero)))
                for loader, all_ in taken.items()}


def measure(options):
    peers = Peers(options)
    for kernel, size in SIZES.items():
        images = peers.all_images(size)
        own = {}
        for loader, image in images.items():
            doing(f"counting {loader}, {kernel}")
            own[loader] = peers.own(loader, image)
        yield {"kernel": kernel, "bytes": size, "own": own, "ms": {}}
        for disk in DISKS:
            doing(f"timing {disk}, {kernel}")
            yield {"kernel": kernel, "disk": disk, "ms": peers.times(images, disk, options.runs)}


def print_row(result):
    if "own" in result:
        say(ROW.format(result["kernel"], "own", *(f"{result['own'][name]:,}" for name in LOADERS)))
    else:
        say(ROW.format(result["kernel"], result["disk"],
                       *(f"{result['ms'][name]:,} ms" for name in LOADERS)))


def run(options):
    """Prints the table and returns its numbers; None without the packages."""
    lacking = peer_images.missing()
    if lacking:
        say(f"\nGRUB and SYSLINUX are not measured: {', '.join(lacking)} is missing."
            f"\nsudo apt-get install {peer_images.PACKAGES}")
        return None
    say("\nInstructions outside the firmware from 7C00h to the kernel's first (own), and wall-clock"
        "\ntime between the two; GRUB and SYSLINUX read FAT32 and a configuration file.\n")
    say(ROW.format("kernel", "", *LOADERS))
    results = []
    for result in measure(options):
        print_row(result)
        if "own" in result:
            results.append(result)
        else:
            results[-1]["ms"][result["disk"]] = result["ms"]
    return results
