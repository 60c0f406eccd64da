"""Makes the images of tests/debug/broken and tests/debug/sound, each in its own folder.

The folder of a source says how it becomes an image: a boot sector (sector/, file/), a boot sector
with symbols (mode/), a flat kernel (kernel/), a kernel that was linked (elf/).  Comments at its top
name what `make why` must say ("; cause:", "; try:", regular expressions) and what the tools are
told ("; link:", "; objcopy:", "; format:", "; image:").  DAMAGED has those that have no source.
"""

import gzip
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
CUT = 2048 * 512 + 4096     # bytes of our image that are left: the loader and a part of the kernel


class Source(NamedTuple):
    path: Path              # what it is made of
    words: dict             # {"cause": "...", "try": "...", "link": "..."}

    @property
    def name(self):
        return f"{self.path.parent.name}/{self.path.stem}"


def sources(kind):
    """Those of "broken" or "sound"."""
    return [Source(path, dict(re.findall(r"^; (\w+): (.*)$", path.read_text(), re.M)))
            for path in sorted((HERE / kind).rglob("*.asm"))]


def _run(*command):
    subprocess.run([str(word) for word in command], check=True, timeout=60,
                   stdout=subprocess.DEVNULL, cwd=HERE.parents[1])


def _nasm(source, output, form, *options):
    _run("nasm", "-w-all", "-f", form, f"-I{HERE}/", *options, "-o", output, source.path)


def _flat(source, output):
    _nasm(source, output, "bin")
    return output


def _boot_sector_with_symbols(source, output):
    elf, flat = output.with_suffix(".elf"), output.with_suffix(".bin")
    _nasm(source, output.with_suffix(".o"), "elf32", "-g", "-F", "dwarf")
    _run("ld", "-m", "elf_i386", "-N", "--no-warn-rwx-segments", "-Ttext", "0x7c00", "-e", "start",
         "-o", elf, output.with_suffix(".o"))
    _run("objcopy", "-O", "binary", elf, flat)
    code = flat.read_bytes()
    assert len(code) <= 510
    filler = b"\xf0" * 512 * 64                 # after the MBR: not code in any mode
    output.write_bytes(code.ljust(510, b"\0") + b"\x55\xaa" + filler)


def _kernel(source, output, tool):
    flat = _flat(source, output.with_suffix(".bin"))
    _run(tool, "make", "--kernel", flat, "--out", output, "--copies", 1,
         *source.words.get("image", "").split())


def _linked_kernel(source, output, tool):
    elf, flat = output.with_suffix(".elf"), output.with_name("flat.bin")    # with no .elf beside it
    _nasm(source, output.with_suffix(".o"), source.words.get("format", "elf64"))
    _run("ld", "--no-warn-rwx-segments", "-z", "noseparate-code", *source.words["link"].split(),
         "-o", elf, output.with_suffix(".o"))
    _run("objcopy", "-O", "binary", *source.words.get("objcopy", "").split(), elf, flat)
    _run(tool, "make", "--kernel", flat, "--out", output, "--copies", 1,
         *source.words.get("image", "").split())


def make(source, folder, build):
    """The image; its symbols, if it has any, are beside it."""
    output = folder / f"{source.path.stem}.img"
    tool = build / "tools/firstlight-image"
    kind = source.path.parent.name
    if "boot.inc" in source.path.read_text():
        _boot_sector_with_symbols(source, output)
    elif kind == "kernel":
        _kernel(source, output, tool)
    elif kind == "elf":
        _linked_kernel(source, output, tool)
    else:
        _flat(source, output)
    return output


class Sparse(NamedTuple):
    """A file of that many bytes that begins like this; the rest of it is a hole."""
    start: bytes
    size: int


# what people give as an image: the bytes, made of our own image and kernel, and what to say of it
DAMAGED = {
    "empty": (lambda build: b"", "the file is empty", "make image"),
    "zeros": (lambda build: bytes(1 << 20), "only zeros", "make image"),
    "elf": (lambda build: (build / "kernel.elf").read_bytes(), "ELF", "make image KERNEL="),
    "gzip": (lambda build: gzip.compress((build / "disk.img").read_bytes(), 1), "gzip", "gunzip"),
    "qcow2": (lambda build: b"QFI\xfb\0\0\0\x03".ljust(1 << 16, b"\0"), "qcow2",
              "qemu-img convert"),
    "swollen": (lambda build: Sparse((build / "kernel.bin").read_bytes(), 3 << 30),
                r"flat binary of 3072 MiB", "linker script"),
    "cut_short": (lambda build: (build / "disk.img").read_bytes()[:CUT],
                  "shorter than it says|cut", "again"),
}
