"""Fills dist/ with what a person without the sources needs: image, programs, live page, guide, index, sums.

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
GUIDE, PDF = "guide", "guide.pdf"       # `make guide` has made them; the first is a folder
SUMS = "SHA256SUMS"


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def empty(folder):
    """Ready for a release: new, or with nothing in it but an older one."""
    folder.mkdir(exist_ok=True)
    foreign = sorted({path.name for path in folder.iterdir()} - {*BUILT, *PAGES, GUIDE, PDF, SUMS})
    if foreign:
        sys.exit(f"release: {folder} holds something else: {foreign[0]}")
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def index_page(image, compiler):
    page = (HERE / "page.html").read_text()
    for name, value in (("SIZE", f"{image.stat().st_size:,}"), ("SHA256", sha256(image)),
                        ("COMPILER", compiler)):
        page = page.replace(f"@{name}@", value)
    return page


def main(build, dist, compiler):
    missing = [name for name in (*BUILT, GUIDE, PDF) if not (build / name).exists()]
    if missing:
        sys.exit(f"release: {build / missing[0]} does not exist; `make all guide` makes it")
    empty(dist)
    for name in (*BUILT, PDF):
        shutil.copyfile(build / name, dist / name)
    shutil.copytree(build / GUIDE, dist / GUIDE, ignore=shutil.ignore_patterns(".*"))
    live = subprocess.run(
        [sys.executable, "-B", HERE.parent / "live/live.py", dist / "disk.img", "--elf",
         ",".join(str(dist / name) for name in BUILT if name.endswith(".elf")),
         "--out", dist / "live.html"], check=False)
    if live.returncode:
        sys.exit(live.returncode)
    (dist / "index.html").write_text(index_page(dist / "disk.img", compiler))
    names = sorted(str(path.relative_to(dist)) for path in dist.rglob("*") if path.is_file())
    (dist / SUMS).write_text("".join(f"{sha256(dist / name)}  {name}\n" for name in names))
    print(f"release: {dist}/ has {', '.join(sorted(path.name for path in dist.iterdir()))}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
