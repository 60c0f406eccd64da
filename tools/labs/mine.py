"""Makes the image of `make mine`: every link that this student has solved, and Firstlight's own for the rest.

    tools/labs/mine.py [--labs DIR] [--build DIR] [--out DIR]

It starts from build/disk.img and the loader of tools/labs/mine/, and writes build/mine/disk.img;
docs/labs/mine.md describes it.
A link is the student's if the last `make check` of its lab passed with just these files; the
program says whose each one is, and so does the screen.
"""

import argparse
import re
import shutil
import struct
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "shared")]
import catalogue  # noqa: E402
import kernel_links  # noqa: E402
import node  # noqa: E402
from firstlight.headers import constants  # noqa: E402
from place import Place, Progress  # noqa: E402
from problem import Problem  # noqa: E402

LAYOUT = constants()
SECTOR = LAYOUT["SECTOR_SIZE"]
AREA = LAYOUT["STUDENT_SECTORS"] * SECTOR
DEFAULT = catalogue.ROOT / "my-labs"
TABLE = catalogue.ROOT / "tools/labs/mine/links.def"
SLOTS = 12                  # MINE_SLOTS of mine.h
COLUMNS = LAYOUT["VGA_COLUMNS"] - 1
LIMIT = 600                 # seconds for the assembler, whose own limits are counted in steps


@dataclass(frozen=True, eq=False)
class Link:
    name: str
    kind: str               # MBR, STAGE2, KERNEL
    slot: int               # None: it has none
    lab: catalogue.Lab
    file: str
    title: str

    @property
    def room(self):
        if self.kind == "KERNEL":
            return kernel_links.settings(self)["room"]
        return SECTOR if self.kind == "MBR" else AREA

    @property
    def lba(self):
        """Where the image has the student's program; the sector before the first one is the directory."""
        if self.kind == "KERNEL":
            return LAYOUT["KERNEL_LBA"]
        return LAYOUT["STUDENT_LBA"] + 1 + self.slot * LAYOUT["STUDENT_SECTORS"]


def links():
    rows = re.findall(r'^LINK\((\w+), (\w+), (\w+), (\d+), "([^"]*)", "([^"]*)"\)', TABLE.read_text(encoding="utf-8"), re.M)
    return [Link(name, kind, None if slot == "NO_SLOT" else int(slot), catalogue.find(lab), file, title)
            for name, kind, slot, lab, file, title in rows]


# ---- whose each link is ----------------------------------------------------------

def why_ours(place, link):
    """None if the student has solved it."""
    progress = place.progress().get(link.lab.number, Progress())
    if not progress.is_solved:
        return f"lab {link.lab.number} is not solved yet"
    if progress.passed != place.digest(link.lab):
        return f"lab {link.lab.number} has changed since it passed; make check N={link.lab.number} again"
    return None


def assemble(place, chosen, folder):
    """{link: the program's bytes}, of links that are assembled"""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [link for link in chosen if link.kind != "KERNEL"]
    jobs = [{"folder": str(place.of(link.lab).resolve()), "files": link.lab.files, "main": link.file, "room": link.room,
             "address": LAYOUT["STUDENT_ADDRESS"], "out": str((folder / link.name.lower()).resolve())} for link in chosen]
    if not jobs:
        return {}
    for link, refused in zip(chosen, node.answer("tools/labs/assemble_links.mjs", jobs, LIMIT)):
        if refused:
            raise Problem(f"Lab {link.lab.number}: {refused}")
    return {link: Path(job["out"]).read_bytes() for link, job in zip(chosen, jobs)}


# ---- the image -------------------------------------------------------------------

def owners(everything, theirs):
    """What the screen says, at most one screen row a line."""
    sentences = [f"{link.title}: {'yours' if link in theirs else 'ours'}." for link in everything]
    glued = " ".join(sentence.replace(" ", "\0") for sentence in sentences)      # no line ends inside one
    return textwrap.fill(glued, COLUMNS, break_on_hyphens=False).replace("\0", " ")


def directory(everything, theirs):
    lbas = [0] * SLOTS
    for link in theirs:
        if link.slot is not None:
            lbas[link.slot] = link.lba
    sector = struct.pack(f"<{SLOTS}I", *lbas) + owners(everything, theirs).encode("ascii") + b"\0"
    assert len(sector) <= SECTOR
    return sector


def put(image, lba, data):
    image[lba * SECTOR:lba * SECTOR + len(data)] = data


def places_of_stage2(image):
    """The LBAs: an image may have no second copy."""
    return [lba for lba in (LAYOUT["STAGE2_LBA"], LAYOUT["STAGE2_COPY_LBA"])
            if struct.unpack_from("<I", image, lba * SECTOR)[0] == LAYOUT["STAGE2_MAGIC"]]


def base_image(place, links, build, out):
    """The bytes of the image that the other links are put into, with these in its kernel; the ELF file is that of the image."""
    base, path, elf = (build / "disk.img").read_bytes(), out / "base.img", out / "disk.elf"
    if not links:
        shutil.copy(build / "kernel.elf", elf)
        return base
    kernel_links.make_base(place, links, build, path, elf, copies=len(places_of_stage2(base)), own=place.folder == DEFAULT)
    return path.read_bytes()


def compose(base, stage2, everything, theirs, programs):
    """The bytes of an image: `base` with another loader and the student's programs."""
    image = bytearray(base)
    for lba in places_of_stage2(image):
        put(image, lba, stage2.ljust(LAYOUT["STAGE2_MAX_SECTORS"] * SECTOR, b"\0"))
    put(image, LAYOUT["STUDENT_LBA"], directory(everything, theirs))
    for link, program in programs.items():
        if link.kind == "MBR":
            put(image, 0, program[:LAYOUT["MBR_SIGNATURE_OFFSET"]].ljust(LAYOUT["MBR_SIGNATURE_OFFSET"], b"\0"))
        else:
            put(image, link.lba, program)
    return bytes(image)


def make_image(labs, build, out):
    """Writes the image to the folder `out`; its path."""
    place, everything = Place(labs), links()
    reasons = {link: why_ours(place, link) for link in everything}
    theirs = [link for link, reason in reasons.items() if reason is None]
    programs = assemble(place, theirs, out / "links")
    base = base_image(place, [link for link in theirs if link.kind == "KERNEL"], build, out)
    image = compose(base, (build / "mine/stage2.sectors").read_bytes(), everything, theirs, programs)
    path = out / "disk.img"
    path.write_bytes(image)
    for link, reason in reasons.items():
        print(f"  {link.title:<28} {f'ours: {reason}' if reason else 'yours'}")
    return path


def main():
    parser = argparse.ArgumentParser(prog="mine.py", description=__doc__.splitlines()[0])
    parser.add_argument("--labs", type=Path, default=DEFAULT)
    parser.add_argument("--build", type=Path, default=catalogue.ROOT / "build")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    try:
        print(f"  image: {make_image(options.labs, options.build, options.out or options.build / 'mine')}", flush=True)
    except Problem as problem:
        print(f"mine: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
