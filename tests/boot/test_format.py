"""All of our C code is laid out as .clang-format says, tables as well."""

import re
import subprocess

import pytest

from machine import require
from project import ROOT
from sources import files, source_files

FOLDERS = ("kernel/", "stage2/", "lib/", "include/", "tools/image/", "tools/build/")
TRIED = {14, 15, 16, 19, 21}      # clang-format's versions; each new one moves some line breaks
LIMIT = 300                     # seconds


def ours():
    return sorted(str(path) for path in source_files()
                  if str(path).endswith((".c", ".h")) and str(path).startswith(FOLDERS))


def changed(paths):
    """The places that clang-format would change, a line for each."""
    result = subprocess.run(["clang-format", "--dry-run", *paths], cwd=ROOT, text=True, timeout=LIMIT,
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
    assert len(ours()) > 250
    assert not changed(ours())


def test_clang_format_would_find_something(tmp_path):
    require_clang_format()
    wrong = tmp_path / "wrong.c"
    wrong.write_text("int f(void) {\n  return 1 ;\n}\n")
    (tmp_path / ".clang-format").write_text((ROOT / ".clang-format").read_text())
    assert changed([wrong])


def test_nothing_is_left_out():
    assert not [path for path in files() if path.name == ".clang-format-ignore"]
    assert not [path for path in ours() if "clang-format off" in (ROOT / path).read_text()]
