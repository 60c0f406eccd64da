"""firstlight-image as the tests call it, and disks that differ from ours in a few bytes."""

import subprocess

from project import BUILD, IMAGE, ROOT

TOOL = BUILD / "tools/firstlight-image"


def run(*arguments):
    """Exit status, and everything that it prints."""
    result = subprocess.run([TOOL, *map(str, arguments)], text=True, cwd=ROOT, timeout=60,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


def make_image(folder, payload, *options):
    """Writes a kernel and makes an image of it: status, output, image."""
    (folder / "my.bin").write_bytes(payload)
    status, output = run("make", "--kernel", folder / "my.bin", "--out", folder / "my.img",
                         *options)
    return status, output, folder / "my.img"


def changed_image(folder, offset, data):
    """A copy of our own image with other bytes from `offset` on."""
    image = bytearray(IMAGE.read_bytes())
    image[offset:offset + len(data)] = data
    (folder / "changed.img").write_bytes(image)
    return folder / "changed.img"
