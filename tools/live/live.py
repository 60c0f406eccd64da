"""Makes the PC in a page: one HTML file with the engine, an image, and its names and source lines.

    tools/live/live.py IMAGE [--elf a.elf,b.elf] [--at PLACE] [--out page.html] [--build build]
    tools/live/live.py IMAGE [--elf a.elf,b.elf] --data names.json     for tools/live/node.mjs

`make live` runs this.  The page needs no network and no other file; docs/live.md describes it.
Without --elf the names come from those of the build's own programs whose code is in the image.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import contract  # noqa: E402
import sources  # noqa: E402
from places import find_place  # noqa: E402
from page_problem import Problem, note  # noqa: E402

PROGRAMS = ("stage1", "stage2", "kernel")
IMAGE_LIMIT = 64 << 20          # bytes; as the page promises
PAGE_LIMIT = 4 << 20            # for the project's own image; a test checks it


def read_image(path):
    try:
        image = path.read_bytes()
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.") from error
    if not image:
        raise Problem(f"{path} is empty, so there is nothing to boot.")
    if len(image) > IMAGE_LIMIT:
        raise Problem(f"{path} has {len(image) >> 20} MiB; the page holds images of up to 64 MiB.")
    return image


def read_programs(image, elf_paths, build):
    """The programs with names and lines: those given, or the build's that are in the image."""
    try:
        import elf_debug
    except ImportError as error:
        raise Problem(f"Python has no {error.name}; `make setup live` installs it.") from error
    if elf_paths:
        programs = [elf_debug.read(path) for path in elf_paths]
        for path, program in zip(elf_paths, programs):
            if program.code not in image:
                note(f"the code of {path} is not in this image, so its names may be wrong.")
        return programs
    found = [build / f"{name}.elf" for name in PROGRAMS]
    programs = [elf_debug.read(path) for path in found if path.exists()]
    return [program for program in programs if program.code in image]


def describe(image, path, programs):
    """Everything that the page knows about what runs in it, as JSON."""
    files = sources.FileList()
    return {
        "image": {"name": path.name, "bytes": len(image)},
        "programs": [program.describe(files) for program in programs],
        "files": files.coloured(),
        "milestones": contract.milestones(),
        "stamp": contract.STAMP,
        "owners": contract.owners(),
        "bits": contract.register_bits(),
        "exceptions": contract.exceptions(),
        "errors": contract.errors(),
        "constants": contract.constants_for_page(),
    }


def main():
    parser = argparse.ArgumentParser(prog="live.py", description=__doc__.splitlines()[0])
    parser.add_argument("image", type=Path)
    parser.add_argument("--elf", default="",
                        help="programs with names and lines, separated by commas")
    parser.add_argument("--at", default="",
                        help="where to start: a milestone, a function or file:line")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--data", type=Path, help="write only the names, lines and tables, as JSON")
    parser.add_argument("--build", type=Path, default=Path("build"))
    options = parser.parse_args()
    out = options.data or options.out or options.build / "live.html"
    try:
        import bundle
        image = read_image(options.image)
        if image[510:512] != b"\x55\xaa":
            note("sector 0 does not end with 55h AAh, so a BIOS will not boot this image.")
        elf_paths = [Path(name) for name in options.elf.split(",") if name]
        programs = read_programs(image, elf_paths, options.build)
        data = describe(image, options.image, programs)
        data["at"] = find_place(options.at, data) if options.at else ""
        page = json.dumps(data) if options.data else bundle.page(image, data)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8")
    except Problem as problem:
        sys.exit(f"live: {problem}")
    except OSError as error:
        sys.exit(f"live: {out} cannot be written: {error.strerror}.")
    if not options.data:
        print(f"  LIVE     {out} ({len(page) / 1e6:.1f} MB): open it in a browser")


if __name__ == "__main__":
    main()
