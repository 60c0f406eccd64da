"""`make doctor` on systems on which something is missing, old or half built: stand-ins say so."""

import sys

import pytest

from front_door import run
from project import ROOT

GOOD = {
    "make": "GNU Make 4.3", "nasm": "NASM version 2.16.01", "gcc": "gcc (Debian) 12.2.0",
    "ld": "GNU ld (GNU Binutils for Debian) 2.40", "python3": "Python 3.11.2",
    "qemu-system-x86_64": "QEMU emulator version 7.2.22\n-plugin\ntcg\ngtk\nx86_64",
    "gdb": "GNU gdb (Debian) 13.1\nPython 3.11", "clang": "clang version 14.0.6", "ld.lld": "LLD 14.0.6",
    "llvm-objcopy": "version 14.0.6", "bochs": "Bochs 2.7", "xorriso": "xorriso 1.5.4",
    "qemu-img": "qemu-img version 7.2.22",
}


KNOWS_NO_PC = "GNU gdb 13.1\nPython 3.11"     # and fails when it is asked


def doctor(folder, display="", **changed):
    """With programs that answer everything in these words; None is one that is not there."""
    for name, words in (GOOD | changed).items():
        if words is not None:
            path = folder / name
            answer = "[ \"$1\" = -dumpmachine ] && echo x86_64-linux-gnu && exit\n" if name == "gcc" else ""
            if words is KNOWS_NO_PC:
                answer = "case \"$*\" in *x86-64*) exit 1;; esac\n"
            path.write_text(f"#!/bin/sh\n{answer}printf '%s\\n' '{words}'\n")
            path.chmod(0o755)
    return run(sys.executable, "-B", "tools/build/doctor.py", cwd=ROOT, PATH=str(folder), DISPLAY=display,
               XDG_CACHE_HOME=str(folder))


def test_a_good_system_has_no_finding(tmp_path):
    status, output = doctor(tmp_path, display=":0")
    assert status == 0 and "building and booting can work here" in output
    assert "BAD" not in output and "note" not in output, output
    for name in GOOD:
        assert f"ok    {name} " in output, output


@pytest.mark.parametrize("name, words, advice", [
    ("make", "GNU Make 3.81", "type gmake"), ("nasm", None, "`make setup run` installs it"),
    ("qemu-system-x86_64", None, "`make setup run` installs it"),
    ("gcc", None, "no GCC here compiles for a PC; the build takes Clang by itself"),
    ("gdb", "GNU gdb 12.1\nPython 3.9", "install a newer one"),
    ("gdb", "GNU gdb 13.1", "full GDB, not a minimal one"), ("gdb", KNOWS_NO_PC, "installs gdb-multiarch"), ("gdb", None, "`make setup debug`"),
    ("qemu-system-x86_64", "QEMU emulator version 7.2.22\ntcg\ngtk", "make coverage and make bench need them"),
    ("qemu-system-x86_64", "QEMU emulator version 7.2.22\n-plugin\ngtk", "it cannot emulate"),
    ("qemu-system-x86_64", "QEMU emulator version 7.2.22\n-plugin\ntcg", "QEMU has no window here"),
    ("clang", None, "`make setup run LLVM=1`"), ("bochs", None, "`make setup test`"),
], ids=lambda value: str(value).splitlines()[0][:30])
def test_each_finding_has_its_advice(tmp_path, name, words, advice):
    output = doctor(tmp_path, display=":0", **{name: words})[1]
    assert advice in output, output


def test_what_building_takes_fails_it(tmp_path):
    status, output = doctor(tmp_path, gcc=None, clang=None)
    assert status == 1 and "no compiler for a PC" in output and "would fail" in output
