"""Fills dist/ with what a person without the sources needs: image, programs, live page, index, sums.

    tools/release/release.py BUILD DIST COMPILER

`make release` runs this after a build.  Whatever was in DIST from an earlier release goes; a
folder with anything else in it stays, and nothing is written.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = ("disk.img", "stage1.elf", "stage2.elf", "kernel.elf")
PAGES = ("live.html", "index.html")
SUMS = "SHA256SUMS"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def empty(folder):
    """Ready for a release: new, or with nothing in it but an older one."""
    folder.mkdir(exist_ok=True)
    foreign = sorted({path.name for path in folder.iterdir()} - {*BUILT, *PAGES, SUMS})
    if foreign:
        sys.exit(f"release: {folder} holds something else: {foreign[0]}")
    for path in folder.iterdir():
        path.unlink()


def index_page(image, compiler):
    page = (HERE / "page.html").read_text()
    for name, value in (("SIZE", f"{image.stat().st_size:,}"), ("SHA256", sha256(image)),
                        ("COMPILER", compiler)):
        page = page.replace(f"@{name}@", value)
    return page


def main(build, dist, compiler):
    empty(dist)
    for name in BUILT:
        shutil.copyfile(build / name, dist / name)
    live = subprocess.run(
        [sys.executable, "-B", HERE.parent / "live/live.py", dist / "disk.img", "--elf",
         ",".join(str(dist / name) for name in BUILT if name.endswith(".elf")),
         "--out", dist / "live.html"], check=False)
    if live.returncode:
        sys.exit(live.returncode)
    (dist / "index.html").write_text(index_page(dist / "disk.img", compiler))
    names = sorted(path.name for path in dist.iterdir())
    (dist / SUMS).write_text("".join(f"{sha256(dist / name)}  {name}\n" for name in names))
    print(f"release: {dist}/ has {', '.join([*names, SUMS])}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
