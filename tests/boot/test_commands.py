"""Every command in the README and in docs/ is run, here or by the test that a table names.

A command is an indented or $-line that begins with a program, or `make ...` in a sentence.  One
that no table knows fails the test.  What is not run at all is printed with its reason.
"""

import re
import shutil

import pytest

from front_door import copy_sources, run, until_prompt
from project import BUILD, ROOT
from sources import source_files

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")),
         *sorted((ROOT / "tools").rglob("*.md"))]
FIRST = r"(?:make|sh|cp|cd|export|gdb|sudo|git|screen|docker|qemu\S*|node|python3|(?:build|tools|tests)/\S+)"

# (command, what its output has to hold), run in this order in a copy of the sources
RUN_HERE = [
    ("make", ""), ("make WERROR=1", ""), ("make help", "make release"),
    ("make doctor", "building and booting can work here"),
    ("make new DIR=folder", "has a kernel of twenty lines"),
    ("make image KERNEL=my.bin OUT=my.img", "2 copies"), ("make run", "Hello, World!"),
    ("make run IMAGE=my.img", "Long mode: kernel entry"), ("make run IMAGE=/tmp/my.img", "Long mode"),
    ("make why", "The image boots"), ("make why IMAGE=file", "The image boots"),
    ("make why IMAGE=my.img", "The program has ended"), ("make inspect", "healthy"), ("make inspect IMAGE=file", "healthy"),
    ("make live", "build/live.html"), ("make live AT=long_mode", "build/live.html"),
    ("make live IMAGE=other.img ELF=a.elf,b.elf OUT=page.html", "page.html"),
    ("make sizes", "stage 1"), ("make biosprobe", "biosprobe.img"), ("make debug", "The CPU is at the reset vector"),
    ("make setup", "nothing to do"), ("make setup live", "nothing to do"), ("make setup labs", "nothing to do"), ("make clean", ""),
]

# a pattern, and the test that runs what matches
ELSEWHERE = {
    r"(build/tools/firstlight-image|cp /tmp/my.img|make -s (image|usb)) .*|make -C": "boot/test_image_docs.py",
    r"cd ~/my-kernel|make new( DIR=~/my-kernel)?|make test": "boot/test_example.py",
    r"make WERROR=1 LLVM=1": "bare/bare.py",
    r"tools/debug/debug.py build --interpreter=mi|gdb -x .*|tools/run/run.sh .*": "boot/test_debugger_front_ends.py",
    r"make image": "boot/test_image_make.py", r"make usb": "boot/test_usb.py",
    r"make why IMAGE=file JSON=1": "boot/test_why.py",
    r"make release": "boot/test_reproducible.py", r"make hashes": "boot/test_release.py",
    r"make screenshot": "boot/test_docs.py", r"make setup (run|test)": "bare/bare.py",
    r"tests/hostile/play.py.*|make scoreboard": "hostile",
    r"make (labs|lab|check|hint|solution)( N=\d+.*)?": "labs/test_lab_commands.py",
    r"make mine( LABS=.*)?": "labs/test_mine.py",
    r"make (why|live) IMAGE=my-labs/.*/attempt\.img.*": "labs/test_lab_commands.py",
    r"make guide.*|make (run|debug) STEP=.*|make why IMAGE=build/guide/.*": "guide",
}

# They run the tests or take long: make -n, and what runs them every day
PLANNED = {
    "make test-full": "a full run", "make bare": "every release", "make bare SUITE=trixie": "every release",
    "make bench": "tests/bare/", "make coverage": "tests/bare/", "make performance": "tests/boot/test_performance_page.py",
    "make bench WHAT=boot": "tests/bare/ (all of make bench)", "make bench WHAT=record": "tests/boot/test_counts.py",
    "make toolchain": "nothing yet: 10 to 40 minutes; tests/boot/test_toolchain.py has stand-ins", "make setup toolchain": "the same",
    "make live-engine": "nothing yet: by hand, when the engine changes",
    "make labs-nasm": "nothing yet: by hand, when NASM changes",
    "make messages": "needs the history of git, which a copy has not",
}

NOT_RUN = {
    "make usb DISK=/dev/sdX": "needs a stick; a file in its place is written in test_usb.py",
    "make inspect IMAGE=/dev/sdX": "needs a stick",
    "screen /dev/ttyUSB0 115200": "needs a second PC and a cable",
    "sudo apt-get update && sudo apt-get install -y git make": "is for Debian in WSL",
    "git clone -c core.autocrlf=false FIRSTLIGHT-URL firstlight": "is for Windows, and needs a network",
    "cd firstlight": "is for Windows",
}


def commands():
    """{command: page}"""
    found = {}
    for page in PAGES:
        text = page.read_text()
        lines = re.findall(rf"^(?:    |\$ )({FIRST}(?: .*)?)$", text, re.M)
        inline = re.findall(r"`(make(?: [^`\n]*)?)`", text)
        for command in [*(re.split(r"  | #", line)[0].strip() for line in lines), *inline]:
            found.setdefault(command, page.relative_to(ROOT))
    return found


def how(command):
    if command in dict(RUN_HERE):
        return "here"
    if command in PLANNED:
        return "planned"
    if command in NOT_RUN:
        return "not run"
    return next((test for pattern, test in ELSEWHERE.items() if re.fullmatch(pattern, command)), None)


def test_every_command_is_run_or_has_its_reason(capsys):
    found = commands()
    assert len(found) > 50
    unknown = {command: str(page) for command, page in found.items() if not how(command)}
    assert not unknown
    with capsys.disabled():
        print("\nCommands of the documentation that are not run:")
        for command, reason in NOT_RUN.items():
            print(f"  {command:<60} {reason}")


def test_the_tables_hold_nothing_that_no_page_has():
    found = commands()
    assert not [c for c in [*dict(RUN_HERE), *PLANNED, *NOT_RUN] if c not in found]
    assert not [p for p in ELSEWHERE if not any(re.fullmatch(p, command) for command in found)]
    assert all((ROOT / "tests" / test).exists() for test in ELSEWHERE.values() if test != "guide")


def test_the_guides_programs_exist():
    steps = {command.split("STEP=")[1] for command in commands() if "STEP=" in command}
    folder = ROOT / "docs/guide/steps"
    assert not [step for step in steps if not list(folder.glob(f"{step}.*"))]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The sources with this build, and the files that the pages call yours."""
    tree = copy_sources(tmp_path_factory.mktemp("commands") / "firstlight")
    shutil.copytree(BUILD, tree / "build", ignore=shutil.ignore_patterns("tests", "bench", "guide", "hashes"))
    for source, names in (("disk.img", ["file", "other.img"]), ("stage1.elf", ["a.elf"]),
                          ("kernel.elf", ["b.elf"])):
        for name in names:
            shutil.copy(tree / "build" / source, tree / name)
    (tree / "my.bin").write_bytes(b"\xf4\xeb\xfd")      # HLT, and again
    return tree


def test_commands_do_what_the_pages_say(tree):
    for command, shown in RUN_HERE:
        words = [word.replace("/tmp/my.img", "my.img") for word in command.split()]
        if words[:2] == ["make", "run"] and len(words) == 2:
            output = until_prompt(*words, cwd=tree)
        elif words[:2] == ["make", "run"]:              # a kernel that says nothing halts forever
            output = run("timeout", "--foreground", "15", *words, cwd=tree)[1]
        else:
            status, output = run(*words, cwd=tree)
            assert status == 0, f"{command}: {output}"
        assert shown in output, f"{command}: {output}"


@pytest.mark.parametrize("command", PLANNED)
def test_long_commands_are_known_to_make(command):
    assert run(*command.split(), "-n", f"BUILD={BUILD}", cwd=ROOT)[0] in (0, 2 if command == "make bare" else 0)


def test_every_path_that_a_page_names_exists():
    missing = []
    for page in PAGES:
        for path in re.findall(r"`((?:stage1|stage2|kernel|lib|include|linker|tools|tests|docs)/[\w./-]+)`",
                               page.read_text()):
            if "NAME" not in path and not (ROOT / path).exists():
                missing.append((str(page.relative_to(ROOT)), path))
    assert not missing


def test_every_symbol_that_a_page_names_exists():
    text = "".join((ROOT / path).read_text() for path in source_files())
    words = set(re.findall(r"\w+", text))
    missing = [(str(page.relative_to(ROOT)), name) for page in PAGES
               if page.parent.name != "guide"           # it names other projects' as well
               for name in re.findall(r"`([a-z][a-z0-9]*_[a-z0-9_]+)(?:\(\))?`", page.read_text())
               if name not in words]
    assert not missing
