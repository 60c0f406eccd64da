"""clang-tidy has nothing to say about our C, by .clang-tidy: each check is worth its finding.

The analyser, which follows every path through a function, takes ten times as long as all
other checks: it is for a full run.
"""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from front_door import copy_sources, run
from machine import require

LIMIT = 600             # seconds for one clang-tidy, which takes a few
FILES_EACH = 12
NO_ANALYSER = "--checks=-clang-analyzer-*"

# Three faults, one for each family of checks
WRONG = """#include <stdlib.h>
#include <string.h>
void *room(const char *text);
int wrong(int n, const int *p);
int wrong(int n, const int *q)
{
    return n ? *q : 1 / n;
}
void *room(const char *text)
{
    return malloc(strlen(text + 1));
}
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The sources, and how Clang compiles each of them."""
    require("clang-tidy")
    tree = copy_sources(tmp_path_factory.mktemp("tidy") / "sources")
    status, output = run("make", "compile-commands", "LLVM=1", cwd=tree)
    assert status == 0, output
    return tree


def tidy(tree, files, *options):
    """What clang-tidy finds in these files; it says where, and gives the check's name."""
    def one(part):
        return subprocess.run(["clang-tidy", "--quiet", *options, *part], cwd=tree, text=True, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        results = list(pool.map(one, [files[i:i + FILES_EACH] for i in range(0, len(files), FILES_EACH)]))
    found = "".join(result.stdout for result in results)
    assert found or not any(result.returncode for result in results), results[0].stderr
    return found


def sources(tree):
    return [entry["file"] for entry in json.loads((tree / "compile_commands.json").read_text())]


def test_clang_tidy_finds_nothing(tree):
    assert not tidy(tree, sources(tree), NO_ANALYSER)


@pytest.mark.full
def test_the_analyser_finds_nothing(tree):
    assert not tidy(tree, sources(tree))


def test_it_would_find_something(tree):
    (tree / "tools/wrong.c").write_text(WRONG)
    found = tidy(tree, ["tools/wrong.c"])
    for check in ("bugprone-misplaced-operator-in-strlen-in-alloc", "readability-inconsistent-declaration-parameter-name",
                  "clang-analyzer-core.DivideZero"):
        assert f"[{check}" in found, found
