"""make mine: images of a student's links and ours boot, and the screen says whose each is."""

import random
import shutil
import sys
from pathlib import Path

import pytest

import mine
from front_door import until_prompt
from machine import Machine
from place import Place, Progress
from project import BUILD, LAYOUT, ROOT
from submissions import all_of

sys.path.append(str(ROOT / "tests/hostile"))
import runner  # noqa: E402
from medium import medium  # noqa: E402

SEED, SUBSETS, SAMPLE = 37, 30, 4
LINKS = {link.name: link for link in mine.links()}


def solve(labs, link, folder):
    """Makes the files of a submission the student's, as if its check had passed."""
    place = Place(labs)
    place.of(link.lab).mkdir(parents=True, exist_ok=True)
    for name in link.lab.files:
        shutil.copy(folder / name, place.of(link.lab) / name)
    place.save(link.lab, Progress(points=10, of=10, passed=place.digest(link.lab)))


def image_of(labs, out):
    return mine.make_image(labs, BUILD, out)


def size(link, folder, tmp):
    """How many bytes the program has."""
    solve(tmp, link, folder)
    program, = mine.assemble(Place(tmp), [link], tmp / "out").values()
    return len(program[:LAYOUT["MBR_SIGNATURE_OFFSET"] if link.kind == "MBR" else None].rstrip(b"\0"))


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """{name of a link: folders of its right solutions; the first is the longest but for the reference}"""
    tmp = tmp_path_factory.mktemp("sizes")

    def order(link, folder):
        return folder.name == "reference", -size(link, folder, tmp)

    return {name: sorted((submission.folder for submission in all_of("reference", "right-")
                          if submission.lab.number == link.lab.number), key=lambda folder, link=link: order(link, folder))
            for name, link in LINKS.items()}


def subset(number, right):
    """{name of a link: folder}: at least half of them the longest right solution."""
    chance = random.Random(SEED + number)
    names = chance.sample(sorted(LINKS), chance.randint(1, len(LINKS)))
    longest = names[:len(names) - chance.randint(0, len(names) // 2)]
    return {name: right[name][0] if name in longest else chance.choice(right[name]) for name in names}


def boots(image):
    """The screen at the prompt."""
    with Machine(image) as pc:
        pc.wait_for_prompt()
        assert pc.resets == 0
        return pc.screen().text


@pytest.mark.parametrize("number", [number if number < SAMPLE else pytest.param(number, marks=pytest.mark.full)
                                    for number in range(SUBSETS)])
def test_any_of_the_links_can_be_the_students(number, right, tmp_path):
    parts = subset(number, right)
    assert 2 * sum(folder == right[name][0] for name, folder in parts.items()) >= len(parts)
    for name, folder in parts.items():
        solve(tmp_path / "labs", LINKS[name], folder)
    screen = boots(image_of(tmp_path / "labs", tmp_path))
    for name, link in LINKS.items():
        assert f"{link.title}: {'yours' if name in parts else 'ours'}." in screen


def test_a_closed_gate_is_opened_by_the_students_link(right, tmp_path):
    """The BIOS of the hostile tests leaves A20 off, and lies about it."""
    solve(tmp_path / "labs", LINKS["A20"], right["A20"][0])
    outcome = runner.boot(image_of(tmp_path / "labs", tmp_path), medium(target=0x81, entry_a20_off=1, a20_lies=1))
    assert outcome.end == "boots" and "A20: yours.\r\nA20: already on." in outcome.text, outcome


def test_make_mine_lists_the_links_and_boots(right, tmp_path):
    for name, link in LINKS.items():
        solve(tmp_path, link, right[name][0])
    changed, unsolved = LINKS["MBR"], LINKS["MEMORY_MAP"]
    with open(Place(tmp_path).of(changed.lab) / changed.file, "a", encoding="utf-8") as file:
        file.write("\n; one more line\n")
    Place(tmp_path).save(unsolved.lab, Progress(points=9, of=10))
    output = until_prompt("make", "-s", "mine", f"LABS={tmp_path}", f"BUILD={BUILD}", "WINDOW=no", cwd=ROOT)
    for link, reason in ((changed, "has changed since it passed"), (unsolved, "is not solved yet")):
        assert f"ours: lab {link.lab.number} {reason}" in output
        assert f"{link.title}: ours." in output
    assert Path(output.split("image: ")[1].split("\n")[0]).samefile(BUILD / "mine/disk.img")


# ---- what a link did wrong -------------------------------------------------------

# (link, program or what is replaced in the reference, what the screen says of it)
WRONG = [
    ("MEMORY_MAP", "xor ax, ax\nclc\nretf", "returned AX = 0, which is not a number of entries"),
    ("MEMORY_MAP", "pop bx\npop cx\npush ax\npush cx\npush bx\nmov ax, 1\nclc\nretf", "returned with SP = 6FFEh instead of 7000h"),
    ("MEMORY_MAP", "push word SCRATCH_ADDRESS >> 4\npop es\nxor di, di\nmov cx, 12\nxor ax, ax\nrep stosw\nmov ax, 1\nclc\nretf",
     "returned AX = 1, and none of the entries is usable memory"),
    ("MEMORY_MAP", "jmp 0xffff:0", "was running when the machine was reset"),
    ("PROTECTED_MODE", ("mov     esp, STACK_TOP", "mov     esp, STACK_TOP - 16"), "left ESP = 6FF0h instead of 7000h"),
    ("PROTECTED_MODE", ("        cli ", "        nop "), "left IF or DF set"),
    ("PROTECTED_MODE", ("dd      LINK_ADDRESS + gdt", "dd      gdt"), "was running when the machine was reset"),
    ("A20", "in al, 0x92\nand al, 0xfc\nout 0x92, al\nclc\nretf", "returned CF = 0, and address line A20 is off"),
    ("LONG_MODE", ("mov     edx, esi", "nop"), "left EDX = "),
    ("LONG_MODE", ("PDPT_LOW + 4 * 8", "PDPT_LOW + 3 * 8"), "made page tables in which C0000000h is not mapped"),
    ("LONG_MODE", ("PML4 + 511 * 8", "PML4 + 510 * 8"), "was running when the machine was reset"),
]


@pytest.mark.parametrize("name, program, words", [
    case if place % 3 == 0 else pytest.param(*case, marks=pytest.mark.full) for place, case in enumerate(WRONG)],
    ids=[f"{name}: {words}" for name, _, words in WRONG])
def test_the_screen_says_what_a_link_did_wrong(name, program, words, tmp_path):
    link = LINKS[name]
    if isinstance(program, tuple):
        text = link.lab.reference(link.file)
        assert text.count(program[0]) == 1
        text = text.replace(*program)
    else:
        text = f'%include "link.inc"\n{program}\n'
    (tmp_path / link.file).write_text(text)
    solve(tmp_path / "labs", link, tmp_path)
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_text(f"{link.title}: your program {words}")
        pc.wait_for_text(f"make check N={link.lab.number}")
        pc.wait_for_screen_text(words[:30])
        assert (pc.resets > 0) == ("reset" in words)        # SeaBIOS makes more than one of a reset


def test_the_directory_of_the_loader_is_that_of_the_program():
    header = (ROOT / "tools/labs/mine/mine.h").read_text()
    assert f"#define MINE_SLOTS {mine.SLOTS} " in header
    slots = [link.slot for link in LINKS.values() if link.slot is not None]
    assert sorted(slots) == list(range(len(slots))) and len(slots) <= mine.SLOTS
    assert max(link.lba for link in LINKS.values() if link.slot is not None) + LAYOUT["STUDENT_SECTORS"] <= LAYOUT["STAGE2_COPY_LBA"]
