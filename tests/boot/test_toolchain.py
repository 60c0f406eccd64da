"""`make toolchain` with sources that are built in no time, and builds that find what it leaves.

The real sources take 10 to 40 minutes.  These have the same commands: configure, make, make -C gcc.
"""

import shutil
import subprocess

import pytest

from front_door import run
from project import ROOT

HOST = "x86_64-linux-gnu-" if shutil.which("x86_64-linux-gnu-gcc") else ""

# configure writes the folder into the Makefile; what is installed are the host's own tools.
CONFIGURE = """#!/bin/sh
for word; do case $word in --prefix=*) folder=${word#*=};; esac; done
cp ../NAME/Makefile.in Makefile
echo "FOLDER := $folder" >> Makefile
mkdir -p gcc && cp Makefile gcc/
"""
MAKEFILE = """.PHONY: all all-gcc install-strip install-common install-headers install-cpp install-driver
all all-gcc:; test ! -e $(SOURCES)/broken-NAME && echo NAME >> $(SOURCES)/built
install-strip:; mkdir -p $(FOLDER)/bin && for t in ld objcopy nm; do \\
    ln -s $$(command -v HOST$$t) $(FOLDER)/bin/x86_64-elf-$$t; done
install-common install-headers install-cpp:;
install-driver:; ln -s $$(command -v HOSTgcc) $(FOLDER)/bin/x86_64-elf-gcc
"""


@pytest.fixture
def place(tmp_path):
    """A home and sources; what was built stands in sources/built."""
    for name, folder in (("binutils", "binutils"), ("gcc", "gcc-12")):
        source = tmp_path / "sources" / folder
        source.mkdir(parents=True)
        inside = tmp_path / name
        inside.mkdir()
        (inside / "configure").write_text(CONFIGURE.replace("NAME", name))
        (inside / "configure").chmod(0o755)
        (inside / "Makefile.in").write_text(MAKEFILE.replace("NAME", name).replace("HOST", HOST))
        subprocess.run(["tar", "-cJf", source / f"{name}-1.2.tar.xz", "-C", tmp_path, name], check=True)
    return tmp_path


def toolchain(place, cache="cache"):
    return run("make", "-s", "toolchain", cwd=ROOT, XDG_CACHE_HOME=str(place / cache), SOURCES=str(place / "sources"))


def built(place):
    return (place / "sources/built").read_text().split()


def which(place):
    """The tool chain that a build names first."""
    return run("make", "-n", "BUILD=" + str(place / "build"), "stage1-of-no-use", cwd=ROOT,
               XDG_CACHE_HOME=str(place / "cache"))[1].splitlines()[0]


def test_it_builds_both_and_later_builds_take_it(place):
    assert "built by make toolchain" not in which(place)
    status, output = toolchain(place)
    assert status == 0 and built(place) == ["binutils", "gcc"], output
    assert which(place) == "Tool chain: x86_64-elf-gcc (built by make toolchain)"
    status, output = run("make", "doctor", cwd=ROOT, XDG_CACHE_HOME=str(place / "cache"))
    assert f"{place}/cache/firstlight/toolchain/bin/x86_64-elf-gcc" in output
    status, output = toolchain(place)
    assert status == 0 and "nothing to do" in output and len(built(place)) == 2, output


def test_what_was_interrupted_goes_on_where_it_was(place):
    (place / "sources/broken-gcc").touch()
    status, output = toolchain(place)
    assert status != 0 and "`make toolchain` goes on from here" in output, output
    assert built(place) == ["binutils"] and "built by make toolchain" not in which(place)
    (place / "sources/broken-gcc").unlink()
    status, output = toolchain(place)
    assert status == 0 and built(place) == ["binutils", "gcc"], output


def test_what_is_missing_is_named(place):
    shutil.rmtree(place / "sources/gcc-12")
    status, output = toolchain(place)
    assert status != 0 and "`make setup toolchain` installs them" in output, output
    status, output = toolchain(place, cache="a folder")
    assert status != 0 and "set XDG_CACHE_HOME to another one" in output, output
