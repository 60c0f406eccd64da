"""Names from outside: every command and variable that takes one, tried with names that break scripts.

A new command or variable that is not in the table below fails the test.
"""

import re
import shutil

import pytest

from front_door import copy_sources, run, until_prompt
from project import ROOT

ODD = ["two words", "it's", 'a "quote"', "a,b", "a:b", "a;touch hurt", "$HOME $(touch hurt) `touch hurt`",
       "100%", "-dash", "-", "k\u00e4se \u2713", "a&b|c>d", "#hash", "back\\slash", "[a]*?", "~"]
WORST = "-worst, of: 100% $HOME's; \u00e4 \"& #1"

# (command, variable): how its value is tried here, or why it names no file
TRIED = {
    ("new", "DIR"): "new",
    ("image", "KERNEL"): "image", ("image", "OUT"): "image", ("image", "CD"): "cd",
    ("image", "IMAGE"): "cd", ("inspect", "IMAGE"): "inspect",
    ("usb", "IMAGE"): "usb", ("usb", "DISK"): "usb", ("why", "IMAGE"): "why",
    ("live", "IMAGE"): "live", ("live", "ELF"): "live", ("live", "OUT"): "live",
    **{(command, "LABS"): "labs" for command in ("labs", "lab", "check", "hint", "solution", "mine")},
    ("run", "IMAGE"): "run", ("debug", "IMAGE"): "debug", ("debug", "ELF"): "debug",
}
NO_NAMES = {
    ("image", "LOAD"): "a number, tried in test_image_make.py",
    ("image", "ENTRY"): "a number, tried in test_image_make.py",
    ("image", "MEMSZ"): "a number, tried in test_image_make.py",
    ("inspect", "JSON"): "1 or nothing", ("why", "JSON"): "1 or nothing", ("usb", "FORCE"): "1 or nothing",
    ("run", "MEMORY"): "QEMU's -m", ("run", "WINDOW"): "no or a kind of display",
    ("run", "MACHINE"): "QEMU's -machine", ("run", "MEDIUM"): "one of eight words",
    ("run", "CPUS"): "a number", ("debug", "MACHINE"): "QEMU's -machine",
    ("debug", "MEDIUM"): "one of eight words", ("debug", "CPUS"): "a number",
    ("run", "SERIAL"): "QEMU's -serial, a word for people who know it",
    ("run", "QEMU_ACCEL"): "QEMU's -accel", ("debug", "MEMORY"): "QEMU's -m",
    ("debug", "WINDOW"): "no or nothing", ("debug", "QEMU_ACCEL"): "QEMU's -accel",
    ("bench", "WHAT"): "one of five words", ("bare", "SUITE"): "a name of Debian's",
    ("bare", "SHORT"): "1 or nothing", ("live", "AT"): "a place in the boot, see docs/live.md",
    ("run", "STEP"): "a program of docs/guide/steps/, or a sentence that names them",
    ("debug", "STEP"): "the same", ("guide-update", "CHAPTER"): "numbers of chapters",
    ("guide-check", "CHAPTER"): "the same", ("guide-read", "CHAPTER"): "the same",
    **{(command, "N"): "a number" for command in ("lab", "check", "hint", "solution")},
    **{("mine", name): "as for make run" for name in ("MACHINE", "MEDIUM", "MEMORY", "CPUS", "WINDOW", "SERIAL", "QEMU_ACCEL")},
    ("lab", "UPDATE"): "1 or nothing", ("check", "SEED"): "a number", ("check", "FORMAT"): "a word",
    ("check", "WATCH"): "1 or nothing", ("fuzz", "FUZZ_SECONDS"): "a number", ("messages", "BASE"): "a revision of git",
}

# commands that take no variable of their own
WITHOUT = {"all", "setup", "test", "test-full", "unit-tests", "page-tests", "fuzz-tests", "kernel-tests",
           "steps", "guide-pages", "sizes", "doctor", "guide", "release", "compile-commands", "hashes", "toolchain", "coverage", "performance", "biosprobe", "scoreboard", "live-engine", "labs-nasm", "live-picture", "screenshot",
           "clean", "help"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The sources in a folder with an odd name, built there."""
    tree = copy_sources(tmp_path_factory.mktemp("names") / WORST[1:])
    status, output = run("make", "-j2", cwd=tree)
    assert status == 0, output
    return tree


def test_table_knows_every_variable():
    text = re.sub(r"\\\n\s*", " ", (ROOT / "tools/build/names.mk").read_text())
    pairs = {(command, variable) for command, variables in
             re.findall(r"^TAKES_([a-z-]+) *:= *(.*)$", text, re.M) for variable in variables.split()}
    assert pairs == TRIED.keys() | NO_NAMES.keys()


def test_table_knows_every_command():
    sources = [ROOT / "Makefile", ROOT / "tools/guide/guide.mk"]
    commands = re.findall(r"^([a-z-]+):.*##", "".join(path.read_text() for path in sources), re.M)
    assert set(commands) == WITHOUT | {command for command, _ in TRIED | NO_NAMES}


def place(tree, name, source):
    shutil.copy(source, tree / name)
    return name


def is_one_sentence(output):
    return not re.search(r"Traceback|Syntax error|unexpected|No rule to make|multiple target", output)


@pytest.mark.parametrize("name", ODD + [WORST])
def test_image_inspect_and_usb_take_any_name(tree, name):
    kernel, image, disk = name + ".bin", name, name + ".disk"
    place(tree, kernel, tree / "build/kernel.bin")
    status, output = run("make", "-s", "image", f"KERNEL={kernel}", f"OUT={image}", cwd=tree)
    assert status == 0 and is_one_sentence(output), output
    status, output = run("make", "-s", "inspect", f"IMAGE={image}", cwd=tree)
    assert status == 0 and "healthy" in output, output
    with open(tree / disk, "wb") as file:
        file.truncate((tree / image).stat().st_size)
    status, output = run("make", "-s", "usb", f"IMAGE={image}", f"DISK={disk}", "FORCE=1", cwd=tree)
    assert status == 0 and "written and verified" in output, output
    assert (tree / disk).read_bytes() == (tree / image).read_bytes()
    for path in (kernel, image, disk):
        (tree / path).unlink()
    assert not (tree / "hurt").exists()


def test_labs_take_the_worst_folder(tree):
    folder = tree / "labs" / WORST
    for words, shown in ((["lab", "N=1"], "01-first-letter/boot.asm"), (["labs"], "begun"),
                         (["hint", "N=1"], "Hint 1")):
        status, output = run("make", "-s", *words, f"LABS=labs/{WORST}", cwd=tree)
        assert status == 0 and shown in output and is_one_sentence(output), output
    assert (folder / "01-first-letter/boot.asm").exists()
    assert "not solved yet" in until_prompt("make", "-s", "mine", f"LABS=labs/{WORST}", cwd=tree)


def test_cd_takes_the_worst_names(tree):
    image = place(tree, WORST, tree / "build/disk.img")
    status, output = run("make", "-s", "image", f"IMAGE={image}", f"CD={WORST}.iso", cwd=tree)
    assert status == 0 and (tree / (WORST + ".iso")).stat().st_size > (tree / image).stat().st_size, output


def test_live_takes_the_worst_names(tree):
    image = place(tree, WORST, tree / "build/disk.img")
    elf = place(tree, WORST.replace(",", "") + ".elf", tree / "build/kernel.elf")
    status, output = run("make", "-s", "live", f"IMAGE={image}", f"ELF={elf}", f"OUT={WORST}.html",
                         cwd=tree)
    assert status == 0 and (tree / (WORST + ".html")).stat().st_size > 1 << 20, output


def test_run_takes_the_worst_name(tree):
    image = place(tree, WORST, tree / "build/disk.img")
    assert "Hello, World!" in until_prompt("make", "-s", "run", f"IMAGE={image}", cwd=tree)


def test_why_takes_the_worst_name_and_the_worst_folder_for_temporary_files(tree):
    image = place(tree, WORST, tree / "build/disk.img")
    (tree / "tmp").mkdir()
    status, output = run("make", "-s", "why", f"IMAGE={image}", cwd=tree, TMPDIR=str(tree / "tmp"))
    assert status == 0 and "The image boots" in output, output
    assert not list((tree / "tmp").iterdir())


@pytest.mark.parametrize("command", [["screenshot"], ["image", "CD=temporary.iso"], ["inspect"]],
                         ids=lambda words: words[0])
def test_temporary_files_in_the_worst_folder(tree, command):
    folder = tree / "temporary" / WORST
    folder.mkdir(parents=True, exist_ok=True)
    status, output = run("make", "-s", *command, cwd=tree, TMPDIR=str(folder))
    assert status == 0 and is_one_sentence(output), output
    assert not list(folder.iterdir())


def debug(tree, *arguments, commands=("continue", "until-mode long", "info symbol $pc", "why"), **environment):
    words = [word for text in commands for word in ("-ex", text)]
    return run("python3", "tools/debug/debug.py", "build", *arguments, "-batch", *words, cwd=tree,
               **environment)[1]


def test_debug_takes_the_worst_names(tree):
    image = place(tree, WORST + ".img", tree / "build/disk.img")
    elf = place(tree, WORST + "'s.elf", tree / "build/kernel.elf")
    output = debug(tree, f"--image={image}", f"--elf={elf}", TMPDIR=str(tree))
    assert "long_mode_enter.long_mode" in output and "stage2/long_mode.asm" in output, output
    assert "This boot has not ended" in output, output


def test_debug_uses_the_elf_file_beside_the_image(tree):
    image = place(tree, "mine.img", tree / "build/disk.img")
    elf = place(tree, "mine.elf", tree / "build/kernel.elf")
    output = debug(tree, f"--image={image}", commands=["info line kernel_main"])
    assert "kernel/main.c" in output and "No names" not in output, output
    (tree / elf).unlink()
    output = debug(tree, f"--image={image}", commands=["info line kernel_main"])
    assert "No names for the kernel" in output and "mine.elf does not exist" in output, output


def test_debug_does_not_name_another_loader_with_our_symbols(tree):
    (tree / "other.img").write_bytes(bytes([0xeb, 0xfe]) + bytes(508) + b"\x55\xaa")
    output = debug(tree, "--image=other.img", commands=["continue", "x/i $pc"])
    assert "No names for the loader" in output and "mbr_start" not in output, output
    assert "0x7c00" in output, output


def test_new_takes_the_worst_name_in_the_worst_folder(tree, tmp_path):
    (tree / WORST).unlink(missing_ok=True)      # another test's image
    status, output = run("make", "-s", "new", f"DIR={WORST}", cwd=tree)
    assert status == 0, output
    for command, shown in (("test", "test: passed"), ("why", "Hello from a kernel of my own!")):
        output = run("make", command, cwd=tree / WORST)[1]
        assert shown in output, output


@pytest.mark.parametrize("command", ["run", "why", "inspect", "usb", "debug"])
def test_missing_image_is_one_sentence(tree, command):
    status, output = run("make", "-s", command, "IMAGE=not here; $x", "DISK=none"
                         if command == "usb" else "V=", cwd=tree)
    lines = [line for line in output.splitlines() if not line.startswith(("make", "Tool chain"))]
    assert status != 0 and len(lines) == 1 and "not here; $x" in lines[0], output


def test_example_in_an_odd_folder(tree, tmp_path):
    mine = tmp_path / WORST
    shutil.copytree(tree / "docs/example", mine)
    status, output = run("make", cwd=mine, FIRSTLIGHT=str(tree))
    assert status == 0, output
    assert "Hello from a kernel of my own!" in run(
        "timeout", "10", "make", "run", cwd=mine, FIRSTLIGHT=str(tree))[1]
