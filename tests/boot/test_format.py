"""The C code is laid out as .clang-format says, but for the files that .clang-format-ignore names."""

import re
import subprocess

import pytest

from machine import require
from project import ROOT
from sources import source_files

FOLDERS = ("kernel/", "stage2/", "lib/", "include/", "tools/image/", "tools/build/")
TRIED = {14, 15, 16, 19, 21}      # clang-format's versions; each new one moves some line breaks
LIMIT = 300                     # seconds


def left_out():
    lines = (ROOT / ".clang-format-ignore").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def ours():
    return sorted(str(path) for path in source_files()
                  if str(path).endswith((".c", ".h")) and str(path).startswith(FOLDERS))


def changed(files):
    """The places that clang-format would change, a line for each."""
    result = subprocess.run(["clang-format", "--dry-run", *files], cwd=ROOT, text=True, timeout=LIMIT,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [line for line in result.stdout.splitlines() if re.search(r"(warning|error):", line)]


def require_clang_format():
    require("clang-format")
    text = subprocess.run(["clang-format", "--version"], text=True, stdout=subprocess.PIPE, check=True).stdout
    version = int(re.search(r"version (\d+)", text)[1])
    if version not in TRIED:
        pytest.skip(f"clang-format {version} was not tried")


def test_files_are_laid_out_as_clang_format_does():
    require_clang_format()
    files = [path for path in ours() if path not in left_out()]
    assert len(files) > 150
    assert not changed(files)


def test_clang_format_would_find_something(tmp_path):
    require_clang_format()
    wrong = tmp_path / "wrong.c"
    wrong.write_text("int f(void) {\n  return 1 ;\n}\n")
    (tmp_path / ".clang-format").write_text((ROOT / ".clang-format").read_text())
    assert changed([wrong])


def test_files_left_out_exist():
    assert set(left_out()) <= set(ours())
