"""The disk images that are measured: ours, the bare minimum, and one that stops at once."""

import os
import random
import subprocess

from guest import ROOT, constants, output_of

LAYOUT = constants()
SECTOR = LAYOUT["SECTOR_SIZE"]
KERNEL_LBA = LAYOUT["KERNEL_LBA"]
LOAD = LAYOUT["KERNEL_LOAD_ADDRESS"]
ENTRY = LAYOUT["KERNEL_BASE"] + LOAD        # of a kernel of random bytes

# mov al, 0; out 0f4h, al (QEMU's isa-debug-exit, if there is one); cli; hlt; jmp to the hlt
STOP = bytes.fromhex("b000 e6f4 fa f4 ebfd")
LIMIT = 900                 # seconds for any one boot; on a busy machine the longest take minutes
EXIT = ("-device", "isa-debug-exit,iobase=0xf4,iosize=1")


class Images:
    """Disk images by name, each made only once."""

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
        """Our image with another kernel, assembled like disk.img.mk does."""
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
        """The same kernel after the boot sector of the bare minimum."""
        mbr = self.folder / "limit.mbr"
        output_of(self.nasm, "-f", "bin", "-I", f"{self.build}/include/", "-o", str(mbr),
                  "-D", f"SECTORS={size // SECTOR}", "-D", f"ENTRY={ENTRY:#x}",
                  str(ROOT / "tools/bench/limit.asm"))
        return self.write(f"limit-{size}", {
            0: mbr.read_bytes(), KERNEL_LBA + 1: self.random_kernel(size).read_bytes()})
