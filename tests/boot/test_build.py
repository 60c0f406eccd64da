"""The build, in a copy of the sources: what a change rebuilds, both compilers, stages too big."""

import json
import os
import re
import shutil
import subprocess

import pytest

from machine import require
from project import ROOT

# Variables that would make this `make` a sub-make of the one that runs the tests.
INHERITED = ("BUILD", "V", "LLVM", "CROSS_COMPILE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
             "MAKEOVERRIDES")


def not_a_source(folder, names):
    """What a copy of the sources leaves out; tools/build holds sources."""
    top = {"build", ".git"} if folder == str(ROOT) else set()
    return top | {"__pycache__"} & set(names)


class Tree:
    """A copy of the sources that a test may change and build."""

    def __init__(self, path):
        self.path = path
        shutil.copytree(ROOT, path, ignore=not_a_source)

    def make(self, *arguments):
        """Runs make with full commands; returns its exit status and what it printed."""
        environment = {n: v for n, v in os.environ.items() if n not in INHERITED}
        result = subprocess.run(["make", "V=1", *arguments], cwd=self.path, env=environment,
                                text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                timeout=300)
        return result.returncode, result.stdout

    def build(self, *arguments):
        status, output = self.make(*arguments)
        assert status == 0, output
        return output

    def rebuilt_after_touching(self, file):
        """The sources whose objects the next make compiles again."""
        self.build()
        (self.path / file).touch()
        objects = re.findall(r"\S*-o build/(\S+)\.o\b", self.build())
        assert "Tool chain" in self.build()     # and then nothing is left to do
        return set(objects)

    def append(self, file, text):
        with (self.path / file).open("a") as stream:
            stream.write(text)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("build") / "tree")
    tree.build("-j2")
    return tree


@pytest.fixture
def own_tree(tmp_path):
    return Tree(tmp_path / "tree")


def test_second_make_does_nothing(tree):
    tree.build()
    image = tree.path / "build/disk.img"
    before = image.stat().st_mtime_ns
    assert not re.search(r"\s-o\s|\bdd\b", tree.build())
    assert image.stat().st_mtime_ns == before


def test_two_builds_give_the_same_image(tree):
    tree.build()
    tree.build("BUILD=build/again")
    assert (tree.path / "build/disk.img").read_bytes() == \
        (tree.path / "build/again/disk.img").read_bytes()


def test_a_program_that_asks_for_json_reads_nothing_else(tree):
    tree.build()
    (tree.path / "tools/image/main.c").touch()      # so make builds the tool first, and says so
    result = subprocess.run(["make", "-s", "inspect", "JSON=1", "IMAGE=build/disk.img"], cwd=tree.path,
                            env={n: v for n, v in os.environ.items() if n not in INHERITED}, text=True,
                            capture_output=True, timeout=300)
    assert json.loads(result.stdout)["healthy"] and "firstlight-image" in result.stderr


def test_layout_rebuilds_every_stage(tree):
    rebuilt = tree.rebuilt_after_touching("include/layout.h")
    assert {"stage1.d/stage1/stage1.asm", "stage2.d/stage2/entry.asm", "stage2.d/stage2/main.c",
            "kernel.d/kernel/console/console.c"} <= rebuilt
    assert "kernel.d/lib/string.c" not in rebuilt


def test_uart_header_rebuilds_only_what_reads_it(tree):
    rebuilt = tree.rebuilt_after_touching("lib/uart.h")
    assert {"stage2.d/lib/uart.c", "kernel.d/lib/uart.c"} <= rebuilt
    assert not any(name.endswith(".asm") for name in rebuilt)
    assert "stage2.d/stage2/main.c" not in rebuilt


def test_linker_script_relinks_only_its_stage(tree):
    tree.build()
    (tree.path / "linker/kernel.ld").touch()
    output = tree.build()
    assert "-o build/kernel.elf" in output
    assert "-o build/stage2.elf" not in output
    assert not re.search(r"-o \S+\.d/\S+\.o\b", output)   # nothing is compiled again


def test_clang_builds_an_image_that_boots(tree, boot):
    for program in ("clang", "ld.lld", "llvm-objcopy"):
        require(program)
    output = tree.build("LLVM=1", "BUILD=build/llvm", "CROSS_COMPILE=x86_64-elf-")
    assert "Tool chain: Clang and LLD (LLVM=1 wins over CROSS_COMPILE)" in output
    pc = boot(image=tree.path / "build/llvm/disk.img")
    pc.wait_for_prompt()
    pc.wait_for_screen_like_serial()


def test_stage_1_too_big_fails_with_the_excess(own_tree):
    own_tree.append("stage1/stage1.asm", "section .mbr.code\ntimes 300 nop\n")
    status, output = own_tree.make()
    assert status != 0
    assert re.search(r"overflowed by \d+ bytes", output)
    assert not (own_tree.path / "build/disk.img").exists()


def test_stage_2_too_big_fails_with_the_excess(own_tree):
    own_tree.append("stage2/main.c",        # stage2.ld keeps this section
                    'char too_much[40000] __attribute__((section(".text.entry"))) = { 1 };\n')
    status, output = own_tree.make()
    assert status != 0
    assert re.search(r"\d+ bytes", output)
    assert not (own_tree.path / "build/disk.img").exists()


def test_orphan_section_is_rejected(own_tree):
    own_tree.append("kernel/main.c", '__attribute__((section(".stray"))) int stray = 1;\n')
    status, output = own_tree.make()
    assert status != 0
    assert "stray" in output


def test_every_goal_of_help_exists(tree):
    goals = re.findall(r"^  make (\S+)", tree.build("help"), re.M)
    assert {"all", "setup", "run", "debug", "test", "sizes", "clean"} <= set(goals)
    for goal in goals:
        assert tree.make("-n", goal)[0] == 0


def test_sizes_names_the_room_in_the_mbr(tree):
    assert int(re.search(r"\b(\d+) free in the MBR", tree.build("sizes"))[1]) >= 12


@pytest.mark.parametrize("arguments", [[], ["LLVM=1", "BUILD=build/llvm"]], ids=["GCC", "Clang"])
def test_512_bytes_stay_free_in_stage_2_and_in_its_bss(tree, arguments):
    tree.build("-j2", *arguments)
    stage2 = re.search(r"^stage 2 .*", tree.build("sizes", *arguments), re.M)[0]
    free = [int(number) for number in re.findall(r"(\d+) free", stage2)]
    assert len(free) == 2 and min(free) >= 512


LINKS = {       # what a student's own code can replace: its sources
    "A20": ["a20.c", "a20_open.c"],
    "memory map": ["memory_map.c", "memory_ranges.c"],
    "protected mode": ["entry.asm", "gdt.asm"],
    "page tables": ["paging.c", "long_mode.asm"],
}


def test_students_links_have_three_times_the_room_of_ours(tree):
    tree.build()
    layout = (tree.path / "include/layout.h").read_text()
    room = {name: int(value, 0) for name, value in
            re.findall(r"^#define (\w+) (0x[0-9a-f]+|\d+)\b", layout, re.M)}
    size = room["STUDENT_END"] - room["STUDENT_ADDRESS"]
    assert size == room["STUDENT_SECTORS"] * room["SECTOR_SIZE"]
    objects = [f"build/stage2.d/stage2/{name}.o" for names in LINKS.values() for name in names]
    sizes = subprocess.run(["size", *objects], cwd=tree.path, check=True, timeout=60,
                           stdout=subprocess.PIPE, text=True).stdout.splitlines()[1:]
    assert size >= 3 * sum(sum(map(int, line.split()[:2])) for line in sizes)


def test_clean_removes_everything_generated(own_tree):
    before = {path for path in own_tree.path.rglob("*")}
    own_tree.build("-j2")
    own_tree.build("clean")
    assert {path for path in own_tree.path.rglob("*")} == before
