"""What surrounds a user's commands: build folders, variables, displays, their own settings of GDB."""

import os
import shutil

import pytest

from front_door import copy_sources, run, until_prompt
from machine import require
from project import ROOT

AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = copy_sources(tmp_path_factory.mktemp("front door") / "tree")
    status, output = run("make", "-j2", cwd=tree)
    assert status == 0, output
    return tree


# ---- folders --------------------------------------------------------------------

def test_clean_removes_only_a_build_folder(tree, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis").write_text("years of work")
    for goal in ("all", "clean"):
        status, output = run("make", f"BUILD={mine}", goal, cwd=tree)
        assert status != 0 and str(mine) in output
        assert (mine / "thesis").read_text() == "years of work"
        assert len(list(mine.iterdir())) == 1


@pytest.mark.parametrize("name", ["my build", "a;b", "$HOME", "a:b", "100%", "-rf", "it's", "", "a\tb"])
def test_odd_build_folder_is_refused_in_one_sentence(tree, tmp_path, name):
    (tmp_path / "my").mkdir()
    build = f"{tmp_path}/{name}" if name and name[0] != "-" else name
    for goal in ("all", "clean", "run"):
        status, output = run("make", "-s", f"BUILD={build}", goal, cwd=tree)
        assert status != 0 and "cannot be used" in output and len(output.splitlines()) == 1, output
    assert (tmp_path / "my").exists()


def test_build_elsewhere_cleans_only_itself(tree, tmp_path):
    build = tmp_path / "elsewhere"
    assert run("make", "-j2", f"BUILD={build}", cwd=tree)[0] == 0
    assert (build / "disk.img").exists()
    assert run("make", f"BUILD={build}", "clean", cwd=tree)[0] == 0
    assert not build.exists() and (tree / "build/disk.img").exists()


def test_read_only_sources_of_another_user(tree, tmp_path_factory):
    sources = copy_sources(tmp_path_factory.mktemp("readonly") / "sources")
    for path in [sources, *sources.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222 | 0o444 | (0o111 if path.is_dir() else 0))
    for folder in (sources.parent, *sources.parent.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o711)
    place = sources.parent / "theirs"
    place.mkdir()
    place.chmod(0o777)
    status, output = run("make", "-j2", f"BUILD={place}/build", cwd=sources, prefix=AS_NOBODY,
                         HOME=str(place))
    assert status == 0 and (place / "build/disk.img").exists(), output
    status, output = run("make", "-s", f"BUILD={place}/build", "why", f"IMAGE={place}/build/disk.img",
                         cwd=sources, prefix=AS_NOBODY, HOME=str(place))
    assert status == 0 and "The image boots" in output, output


def test_sources_without_execute_bits(tree, tmp_path):
    sources = copy_sources(tmp_path / "sources")
    for path in sources.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    shutil.copytree(tree / "build", sources / "build")
    assert "Hello, World!" in until_prompt("make", "-s", "run", cwd=sources)
    assert run("make", "-s", "sizes", cwd=sources)[0] == 0
    with open(tmp_path / "disk", "wb") as file:
        file.truncate(4 << 20)
    assert run("make", "-s", "usb", f"DISK={tmp_path}/disk", "FORCE=1", cwd=sources)[0] == 0
    status, output = run("make", "-s", "debug", cwd=sources)
    assert "The CPU is at the reset vector" in output, output


def test_windows_line_endings_are_reported(tmp_path):
    sources = copy_sources(tmp_path / "sources")
    for path in [sources / "Makefile", *sources.glob("include/*"), *sources.glob("tools/build/*.mk")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    status, output = run("make", cwd=sources)
    assert status != 0 and "Windows line endings" in output and len(output.splitlines()) == 1, output


def test_git_keeps_line_feeds():
    require("git")
    if not (ROOT / ".git").exists():
        pytest.skip("these sources are not a checkout of git")
    files = ["Makefile", "stage1/stage1.asm", "tools/run/run.sh"]
    output = run("git", "-c", "safe.directory=*", "check-attr", "eol", *files, cwd=ROOT)[1]
    assert output.splitlines() == [f"{name}: eol: lf" for name in files]


# ---- variables -------------------------------------------------------------------

def test_variable_without_a_meaning_is_reported(tree):
    assert "IMAGE= has no meaning for `make sizes`" in run("make", "sizes", "IMAGE=x", cwd=tree)[1]
    assert "DISK= has no meaning for `make`" in run("make", "DISK=x", cwd=tree)[1]
    status, output = run("make", "run", "IMGAE=x", cwd=tree)
    assert status != 0 and "There is no variable IMGAE" in output
    assert run("make", "-n", "setup", "run", "IMAGE=x", cwd=tree)[0] == 0


def test_disk_is_only_taken_from_the_command_line(tree, tmp_path):
    disk = tmp_path / "disk"
    disk.write_bytes(bytes(4 << 20))
    status, output = run("make", "-s", "usb", "FORCE=1", cwd=tree, DISK=str(disk))
    assert status != 0 and "usage: make usb DISK=" in output
    assert disk.read_bytes() == bytes(4 << 20)


# ---- without a network -------------------------------------------------------------

def test_commands_work_without_a_network(tree, tmp_path):
    alone = ["unshare", "-n" if os.geteuid() == 0 else "-rn"]
    if run(*alone, "true", cwd=tree)[0] != 0:
        pytest.skip(f"this system lets nobody have a network of their own ({' '.join(alone)})")
    for command, shown in ((["why"], "The image boots"), (["setup", "run"], "nothing to do"),
                           (["new", f"DIR={tmp_path}/mine"], "has a kernel"), (["inspect"], "healthy")):
        if command[0] == "setup":
            output = until_prompt(*alone, "make", "-s", *command, cwd=tree)
        else:
            output = run(*alone, "make", "-s", *command, cwd=tree)[1]
        assert shown in output, output


# ---- compilers -------------------------------------------------------------------

def test_cc_names_a_compiler_of_either_kind(tree):
    require("clang")
    status, output = run("make", "-j2", "CC=clang", "BUILD=build-clang", cwd=tree)
    assert status == 0 and "Clang and LLD (LLVM=1) as CC=clang" in output, output
    status, output = run("make", "-j2", "CC=gcc", "BUILD=build-gcc", cwd=tree)
    assert status == 0 and "as CC=gcc" in output, output


def path_without(folder, *beginnings):
    """A PATH with all programs of this system but those whose names begin so."""
    tools = folder / "bin"
    tools.mkdir()
    for place in ("/usr/bin", "/bin"):
        for path in os.scandir(place):
            if not path.name.startswith(beginnings) and not (tools / path.name).exists():
                (tools / path.name).symlink_to(path.path)
    return str(tools)


def test_where_only_clang_compiles_for_a_pc_it_is_taken(tree, tmp_path):
    require("clang")
    path = path_without(tmp_path, "gcc", "cc", "c99", "c89", "x86_64-")
    status, output = run("make", "-j2", "BUILD=build-only-clang", cwd=tree, PATH=path,
                         XDG_CACHE_HOME=str(tmp_path))      # without what make toolchain built
    assert status == 0 and "Clang and LLD (no GCC for x86-64 was found)" in output, output


def test_clang_links_with_gnu_ld(tree):
    require("clang")
    status, output = run("make", "-j2", "LLVM=1", "LD=ld", "WERROR=1", "BUILD=build-clang-ld", cwd=tree)
    assert status == 0 and "Clang and LLD (LLVM=1) with LD=ld" in output, output
    assert "Hello, World!" in until_prompt("make", "-s", "LLVM=1", "LD=ld", "BUILD=build-clang-ld", "run",
                                           cwd=tree)


def test_build_without_python(tree, tmp_path):
    path = path_without(tmp_path, "python")
    status, output = run("make", "BUILD=build-bare", cwd=tree, PATH=path)
    assert status != 0 and "python3 was not found" in output and "SYMBOLS=no" in output
    status, output = run("make", "-j2", "SYMBOLS=no", "BUILD=build-bare", cwd=tree, PATH=path)
    assert status == 0, output
    said = until_prompt("make", "-s", "SYMBOLS=no", "BUILD=build-bare", "run", cwd=tree, PATH=path)
    assert "Hello, World!" in said, said


def test_panic_without_symbols_has_addresses(tree, boot):
    assert run("make", "-j2", "SYMBOLS=no", "BUILD=build-nosym", cwd=tree)[0] == 0
    pc = boot(image=tree / "build-nosym/disk.img")
    pc.wait_for_prompt()
    start = len(pc.serial)
    pc.type_serial("crash null\n")
    pc.wait_for_text("System halted.", after=start)
    assert "called from 0xffffffff80" in pc.serial[start:]


# ---- displays, and GDB's own settings ------------------------------------------------

def test_display_that_does_not_answer(tree):
    said = until_prompt("make", "-s", "run", cwd=tree, DISPLAY=":79")
    assert "QEMU cannot open a window on the display :79" in said
    assert "the serial console is here" in said and "Hello, World!" in said


@pytest.mark.parametrize("command", ["run", "why", "debug", "coverage", "screenshot"])
def test_qemu_that_ends_at_once_speaks_for_itself(tree, tmp_path, command):
    qemu = tmp_path / "qemu-system-x86_64"
    qemu.write_text('#!/bin/sh\necho "qemu: the words of QEMU" >&2\nexit 1\n')
    qemu.chmod(0o755)
    status, output = run("make", "-s", command, cwd=tree, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert status != 0 and "the words of QEMU" in output and "Traceback" not in output, output


SETTINGS = ["set architecture i386", "set architecture i8086", "set non-stop on", "set input-radix 16",
            "set endian big", "set remotetimeout 1", "set remote target-features-packet off",
            "set language pascal", "set output-radix 8", "set pagination on", "set print address off",
            "set breakpoint always-inserted on", "set schedule-multiple on"]


@pytest.mark.parametrize("settings", [*([line] for line in SETTINGS), SETTINGS],
                         ids=[*SETTINGS, "all of them"])
def test_settings_in_gdbinit(tree, tmp_path, settings):
    (tmp_path / ".gdbinit").write_text("".join(f"{line}\n" for line in settings))
    output = run("python3", "tools/debug/debug.py", "build", "-batch", "-ex", "continue", "-ex",
                 "until-mode long", "-ex", "why", cwd=tree, HOME=str(tmp_path),
                 XDG_CONFIG_HOME=str(tmp_path))[1]
    assert "In long64 at" in output and "long_mode_enter" in output, output


def test_gdbinit_that_attaches_is_named(tree, tmp_path):
    (tmp_path / ".gdbinit").write_text("file /bin/true\nstarti\n")
    output = run("python3", "tools/debug/debug.py", "build", "-batch", "-ex", "continue", cwd=tree,
                 HOME=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path))[1]
    assert "already attached to a program, perhaps by ~/.gdbinit" in output, output
