"""The engine that is kept here is what its script makes of Debian's sources, byte for byte."""

import os
import shutil
import socket
import subprocess

import pytest

from project import ROOT

MIRROR = "deb.debian.org", 80
LIMIT = 7200                # seconds: Bochs, compiled once more, on a slow machine
KEPT = ROOT / "tools/live/engine/built"


def why_not():
    """What is missing to build it, or ""."""
    if os.getuid():
        return "a Debian 13 is made by debootstrap and chroot, which need root"
    if not shutil.which("debootstrap"):
        return "debootstrap is not installed"
    try:
        socket.create_connection(MIRROR, timeout=10).close()
    except OSError as error:
        return f"{MIRROR[0]} cannot be reached: {error}"
    return ""


@pytest.mark.full
def test_the_engine_can_be_built_again(tmp_path):
    if why_not():
        pytest.skip(why_not())
    out = tmp_path / "engine"
    result = subprocess.run(["sh", "tools/live/engine/build.sh", out], cwd=ROOT, text=True, timeout=LIMIT,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    assert result.returncode == 0, result.stdout[-3000:]
    kept = {path.name: path.read_bytes() for path in KEPT.iterdir() if path.name != "VERSIONS"}
    different = [name for name, content in kept.items() if (out / name).read_bytes() != content]
    assert not different, f"built with {(out / 'VERSIONS').read_text()}"
