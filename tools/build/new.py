"""Starts a kernel of one's own: a copy of docs/example that knows where this Firstlight is.

    tools/build/new.py DIR

`make new` runs this.  DIR must be new or an empty folder.  In the copy, ../.. becomes the
folder of Firstlight, written as each file wants it.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs/example"
BUILT = ("my.elf", "my.bin", "my.img")


def for_make(text):
    return text.replace("$", "$$").replace("#", "\\#")


def for_json(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


WRITTEN = {"Makefile": for_make, ".vscode/launch.json": for_json}


def main(name):
    if name.startswith("~/"):               # dash does not replace it after the = of DIR=~/mine
        name = str(Path(name).expanduser())
    folder = Path(name).absolute()
    try:
        if folder.exists() and any(folder.iterdir()):
            sys.exit(f"new: {folder} is not empty; name a new folder")
        shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*BUILT))
        for path, written in WRITTEN.items():
            text = (folder / path).read_text().replace("../..", written(str(ROOT)))
            (folder / path).write_text(text)
    except OSError as error:
        sys.exit(f"new: {error.filename}: {error.strerror}")
    print(f"new: {folder} has a kernel of twenty lines. Go there and type: make run\n"
          "new: also: make debug, make why, make inspect, make test; README.md says more")


if __name__ == "__main__":
    main(sys.argv[1])
