"""Makes images that are not this project's, for the tests of the live page.

    foreign_images.py FOLDER KIND...    prints {name: path} as JSON

KIND is "example", "plain", "others" (GRUB and SYSLINUX, as far as they are installed), "broken" or
one image of tests/debug/broken or tests/debug/sound, such as "mode/lme_missing".
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / os.environ.get("BUILD", "build")
sys.path[:0] = [str(ROOT / folder)
                for folder in ("tools/shared", "tests/debug", "tests/hostile/others")]
import broken_images  # noqa: E402: with the paths above
import disks  # noqa: E402
from other_loaders import missing_packages  # noqa: E402

# Variables that would make the example's `make` a part of the one that runs the tests
INHERITED = {"BUILD", "V", "LLVM", "CROSS_COMPILE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
             "MAKEOVERRIDES"}


def example(folder):
    mine = folder / "example"
    shutil.copytree(ROOT / "docs/example", mine)
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    subprocess.run(["make", "-s", "-C", mine, f"FIRSTLIGHT={ROOT}", "my.img"], check=True,
                   timeout=300, env=environment, stdout=subprocess.DEVNULL)
    return {"example": mine / "my.img"}


def plain(folder):
    image = folder / "plain.img"
    source = Path(__file__).with_name("plain_sector.asm")
    subprocess.run(["nasm", "-f", "bin", "-o", image, source], check=True, timeout=60)
    return {"plain": image}


def others(folder):
    if missing_packages():
        return {}
    return {"GRUB": disks.grub(folder), "SYSLINUX": disks.syslinux(folder)}


def build(folder, sources):
    made = {}
    for source in sources:
        own = folder / source.name
        own.mkdir(parents=True)
        made[source.name] = broken_images.make(source, own, BUILD)
    return made


def broken(folder):
    return build(folder, broken_images.sources("broken"))


def one(folder, name):
    everything = broken_images.sources("broken") + broken_images.sources("sound")
    return build(folder, [source for source in everything if source.name == name])


KINDS = {"example": example, "plain": plain, "others": others, "broken": broken}


def main():
    folder, made = Path(sys.argv[1]), {}
    for kind in sys.argv[2:]:
        made |= KINDS[kind](folder) if kind in KINDS else one(folder, kind)
    print(json.dumps({name: str(path) for name, path in made.items()}))


if __name__ == "__main__":
    main()
