"""A mutant: built in a copy of the project, then booted on one BIOS after another.

Each worker has a copy of its own, so that `make` has only one file to compile.
"""

import functools
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from cases import PLAIN, SINGLES
from mutate import Mutation
from project import BUILD, ROOT
from survivors import SURVIVORS
from uart import TRACED_CASES

KILLERS = Path(__file__).with_name("killers.txt")       # lines "key<TAB>mode"
FOUND = BUILD / "hostile-killers.txt"                   # what this run found: the next KILLERS
CPU_LIMIT = 8               # seconds: a mutant that runs in circles is found out sooner
LOCK = threading.Lock()
_trees = queue.LifoQueue()


@functools.cache
def _last_killers():
    lines = KILLERS.read_text().splitlines() if KILLERS.exists() else []
    return dict(line.split("\t") for line in lines)


class Tree:
    """A copy of what builds the image, built."""

    def __init__(self):
        self.holder = tempfile.TemporaryDirectory(prefix="firstlight-mutant-")
        self.root = Path(self.holder.name)
        for name in ("Makefile", "disk.img.mk", "include", "kernel", "lib", "linker", "stage1",
                     "stage2", "tests", "tools", "docs"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, self.root / name)
        shutil.copytree(BUILD, self.root / "build", ignore=shutil.ignore_patterns("tests", "fuzz"))

    def build(self, target):
        return subprocess.run(["make", "-C", self.root, target], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=600)


class _Borrowed:
    def __enter__(self):
        try:
            self.tree = _trees.get_nowait()
        except queue.Empty:
            self.tree = Tree()
        return self.tree

    def __exit__(self, *_):
        _trees.put(self.tree)


def _mutated(tree, mutation, use):
    """The result of `use()` while the tree has this mutation."""
    path = tree.root / mutation.source
    original = path.read_text()
    path.write_text(mutation.text())
    try:
        return use()
    finally:
        path.write_text(original)


def _cases(mutation):
    """All modes and traced boots, the most promising first."""
    last = _last_killers().get(mutation.key)
    popular = list(_last_killers().values())
    return [PLAIN, *sorted([*SINGLES, *TRACED_CASES], key=lambda case: (
        str(case) != last, -popular.count(str(case))))]


@dataclass(frozen=True)
class Mutant:
    mutation: Mutation

    def boot(self):
        """The first case that is red, and why; None if there is none."""
        with _Borrowed() as tree:
            return _mutated(tree, self.mutation, lambda: self._first_red(tree))

    def _first_red(self, tree):
        built = tree.build("build/disk.img")
        if built.returncode != 0:
            return "no image", built.stdout
        for case in _cases(self.mutation):
            complaint = case.complaint(case.boot(tree.root / "build/disk.img", CPU_LIMIT))
            if complaint:
                if case is not PLAIN:
                    with LOCK, FOUND.open("a") as file:
                        file.write(f"{self.mutation.key}\t{case}\n")
                return str(case), complaint
        return None

    def complaint(self, outcome):
        place = f"{self.mutation.source}:{self.mutation.line}"
        if outcome and outcome[0] == "no image":
            return f"{place}: the mutant cannot be built\n{outcome[1]}"
        if outcome and self.mutation.key in SURVIVORS:
            return f"{place} is listed as a survivor, but {outcome[0]} turns it red"
        if not outcome and self.mutation.key not in SURVIVORS:
            return f"{place}: no mode turns this red: {self.mutation.replacement}"
        return ""


def test_is_red(mutation, name):
    """Whether a test fails with this mutation: "test_a20", a unit test, or "FILE::TEST", a boot."""
    is_boot = "::" in name
    with _Borrowed() as tree:
        def run():
            program = f"build/tests/{name}"
            built = tree.build("build/disk.img" if is_boot else program)
            assert built.returncode == 0, built.stdout
            command = ([sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", name]
                       if is_boot else [program])
            return subprocess.run(command, cwd=tree.root, timeout=600, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL).returncode == 1
        return _mutated(tree, mutation, run)
