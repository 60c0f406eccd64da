"""The same sources give the same image, whoever builds them, where, when and how."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from front_door import not_sources
from project import ROOT
from test_build import INHERITED

OURSELVES = {"TZ": "UTC", "LANG": "C", "USER": "root", "LOGNAME": "root"}
SOMEBODY = {"TZ": "Asia/Kathmandu", "LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8", "USER": "nobody",
            "LOGNAME": "nobody", "HOME": "/nonexistent", "SOURCE_DATE_EPOCH": "1"}
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
PRINTED = "guide.pdf"       # by Chromium, which writes the time into it; SHA256SUMS states what it is
FILES = ["disk.img", *(f"{stage}.{kind}" for stage in ("stage1", "stage2", "kernel") for kind in ("bin", "elf"))]


@pytest.fixture
def folder():
    """Unlike tmp_path, a folder that other users can also reach."""
    with tempfile.TemporaryDirectory(prefix="firstlight-") as path:
        os.chmod(path, 0o755)
        yield Path(path)


def build(tree, user, environment, umask, *arguments):
    """Builds a copy of the sources at `tree`; returns the files that must not differ."""
    shutil.copytree(ROOT, tree, copy_function=shutil.copy,      # with new file times
                    ignore=not_sources)
    if user:
        subprocess.run(["chown", "-R", "nobody:nogroup", str(tree)], check=True)
    inherited = {n: v for n, v in os.environ.items() if n not in INHERITED}
    result = subprocess.run([*user, "make", *arguments], cwd=tree, env=inherited | environment,
                            umask=umask, timeout=300, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode == 0, result.stdout
    output = next((a[6:] for a in arguments if a.startswith("BUILD=")), "build")
    return {str(path.relative_to(folder)): path.read_bytes()
            for folder, files in ((tree / output, FILES), (tree / "dist", ["**/*"]))
            for pattern in files for path in folder.glob(pattern) if path.is_file()}


def without_printed(content):
    """A file of bytes, or of lines, without the line about what differs each time."""
    return [line for line in content.split(b"\n") if PRINTED.encode() not in line]


def test_folder_user_umask_time_zone_and_language_leave_no_trace(folder):
    somebody = AS_NOBODY if os.getuid() == 0 else []
    ours = build(folder / "one", [], OURSELVES, 0o022, "-j2", "release")
    theirs = build(folder / "two/deeper/down", somebody, SOMEBODY, 0o077, "-j1", "BUILD=out",
                   "release")
    assert {"live.html", "index.html", "SHA256SUMS"} <= ours.keys() == theirs.keys()
    for name in ours.keys() - {PRINTED}:
        assert without_printed(ours[name]) == without_printed(theirs[name]), f"{name} differs"
