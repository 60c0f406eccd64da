"""The project as the tests see it: its folders, its numbers and its error texts.

What the stages share is read from the headers that they share, so the
tests hold no second copy.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tools/shared"), str(ROOT / "tools/debug")]
from firstlight.headers import constants  # noqa: E402

FULL = bool(os.environ.get("FIRSTLIGHT_FULL"))      # make test-full
BUILD = ROOT / os.environ.get("BUILD", "build")
IMAGE = BUILD / "disk.img"
SCREENSHOTS = BUILD / "screenshots"


def _errors():
    """The messages of include/errors.def by name, as far as they do not vary."""
    source = (ROOT / "include/errors.def").read_text()
    stage1 = re.findall(r"^MBR_ERROR\('(.)', (\w+),", source, re.M)
    stage2 = re.findall(r'^ERROR\((\d+), (\w+), "([^"]*)"', source, re.M)
    return ({f"MBR_{name}": f"MBR error {letter} " for letter, name in stage1}
            | {name: f"error E{number}: {text}" for number, name, text in stage2})


LAYOUT = constants()
ERRORS = _errors()


def symbol(elf, name):
    """The address of a function or a label in an ELF file."""
    symbols = subprocess.run(["nm", elf], check=True, text=True, stdout=subprocess.PIPE).stdout
    return int(re.search(rf"^(\w+) \w {re.escape(name)}$", symbols, re.M)[1], 16)


def find_line(path, pattern):
    """The number of the one line of a source file that matches."""
    lines = (ROOT / path).read_text().splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if re.search(pattern, line)]
    assert len(numbers) == 1, f"{path} has {len(numbers)} lines that match {pattern}"
    return numbers[0]


def without_copies(image):
    """The bytes of an image that has no second copies (any more)."""
    data = bytearray(image)
    copy = LAYOUT["STAGE2_COPY_LBA"] * LAYOUT["SECTOR_SIZE"]
    size = LAYOUT["STAGE2_MAX_SECTORS"] * LAYOUT["SECTOR_SIZE"]
    data[copy:copy + size] = bytes(size)
    second = LAYOUT["MBR_TABLE_OFFSET"] + 16
    data[second:second + 16] = bytes(16)
    return data


def damaged_image(folder, *, flip=None, length=None):
    """The image without second copies, a bit of byte `flip` flipped, or `length` bytes long."""
    data = without_copies(IMAGE.read_bytes())
    if flip is not None:
        data[flip] ^= 0x10
    path = folder / "damaged.img"
    path.write_bytes(data[:length])
    if length is not None:
        os.truncate(path, length)
    return path


def assemble(source, output, **defines):
    """A flat binary from tests/boot/hooks/<source>, assembled with -DNAME=value."""
    subprocess.run(["nasm", "-f", "bin", "-o", str(output), f"-I{output.parent}/",
                    f"-I{ROOT}/tests/boot/hooks/",
                    *(f"-D{name}={value}" for name, value in defines.items()),
                    str(ROOT / "tests/boot/hooks" / source)], check=True, timeout=60)
    return output.read_bytes()
