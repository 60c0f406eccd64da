"""Which GDB is started where there are several: the one that knows a PC, by stand-ins that do or do not."""

import sys

import pytest

from front_door import run
from project import ROOT

KNOWS = 'case "$*" in *x86-64*) exit 0;; esac; echo "this is $0"'
KNOWS_NOT = 'case "$*" in *x86-64*) echo "Undefined item" >&2; exit 1;; esac; echo "this is $0"'
ASK = "import sys; sys.path.insert(0, 'tools/shared'); from find_gdb import find_gdb, knows_a_pc; print(find_gdb())"


def found(folder, **programs):
    for name, script in programs.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    status, output = run(sys.executable, "-B", "-c", ASK, cwd=ROOT, PATH=str(folder))
    assert status == 0, output
    return output.strip()


@pytest.mark.parametrize("programs, name", [
    ({}, ""), ({"gdb": KNOWS}, "gdb"), ({"gdb_multiarch": KNOWS}, "gdb-multiarch"),
    ({"gdb": KNOWS, "gdb_multiarch": KNOWS}, "gdb"), ({"gdb": KNOWS_NOT, "gdb_multiarch": KNOWS}, "gdb-multiarch"),
    ({"gdb": KNOWS_NOT, "gdb_multiarch": KNOWS_NOT}, "gdb"), ({"gdb": KNOWS_NOT}, "gdb"),
], ids=lambda value: "-".join(value) or "none" if isinstance(value, dict) else None)
def test_the_gdb_that_knows_a_pc_is_found(tmp_path, programs, name):
    assert found(tmp_path, **programs) == name


def test_the_real_gdb_says_what_it_knows(tmp_path):
    output = run(sys.executable, "-B", "-c", ASK.replace("find_gdb()", "knows_a_pc('gdb')"), cwd=ROOT)[1]
    unknown = run("gdb", "-nx", "-batch", "-ex", "set architecture no-such-one", cwd=ROOT)
    assert output == "True\n" and unknown[0] != 0, unknown
