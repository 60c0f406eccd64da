"""compile_commands.json with .clangd, as clangd reads the two: each file compiles without a diagnostic."""

import json
import re
import subprocess

import pytest

from front_door import copy_sources, run
from machine import require
from project import ROOT


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = copy_sources(tmp_path_factory.mktemp("clangd") / "it's here")
    status, output = run("make", "compile-commands", cwd=tree)
    assert status == 0, output
    return tree


def entries(tree):
    return json.loads((tree / "compile_commands.json").read_text())


def test_every_file_of_the_stages_is_in_it(tree):
    found = {entry["file"] for entry in entries(tree)}
    wanted = {str(path.relative_to(ROOT)) for folder in ("stage2", "kernel", "lib", "tools/image")
              for path in (ROOT / folder).rglob("*.c")}
    assert not wanted - found
    assert {entry["directory"] for entry in entries(tree)} == {str(tree)}


def test_clang_has_nothing_to_say_about_any_of_them(tree):
    require("clang")
    removed = re.search(r"Remove: \[(.*)\]", (ROOT / ".clangd").read_text())[1].split(", ")
    removed.append("-c")        # Clang 21 warns of it beside -fsyntax-only
    said = []
    for entry in entries(tree):
        words = [word for word in entry["arguments"][1:] if word not in removed]
        result = subprocess.run(["clang", *words, "-fsyntax-only", "-Werror"], cwd=tree, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if result.returncode:
            said.append(result.stdout)
    assert not said, said[0]
