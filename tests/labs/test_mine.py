"""make mine: images of a student's links and ours boot, and the screen says whose each is."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import catalogue
import kernel_links
import mine
from front_door import until_prompt
from kernel_image import header_of, patch_header
from machine import Machine
from place import Place, Progress
from problem import Problem
from project import BUILD, LAYOUT, ROOT, symbol
from screen import serial_rows
from submissions import all_of

sys.path.append(str(ROOT / "tests/hostile"))
import runner  # noqa: E402
from medium import medium  # noqa: E402

SEED, SUBSETS, SAMPLE = 37, 30, 4
LINKS = {link.name: link for link in mine.links()}
KERNEL_LINKS = {name: link for name, link in LINKS.items() if link.kind == "KERNEL"}


def links_of(lab):
    """Those that a lab's solution makes the student's, all at once."""
    return [link for link in LINKS.values() if link.lab == lab]


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
    if link.kind == "KERNEL":
        return kernel_links.make_base(Place(tmp), [link], BUILD, tmp / "base.img", tmp / "base.elf", copies=1, own=False)[link.lab.number]
    program, = mine.assemble(Place(tmp), [link], tmp / "out").values()
    return len(program[:LAYOUT["MBR_SIGNATURE_OFFSET"] if link.kind == "MBR" else None].rstrip(b"\0"))


@pytest.fixture(scope="module")
def right(tmp_path_factory):
    """{name of a link: folders of its right solutions; the first is the longest but for the reference}"""
    tmp = tmp_path_factory.mktemp("sizes")

    def order(lab, folder):
        return folder.name == "reference", -sum(size(link, folder, tmp) for link in links_of(lab))

    return {name: sorted((submission.folder for submission in all_of("reference", "right-")
                          if submission.lab.number == link.lab.number), key=lambda folder, lab=link.lab: order(lab, folder))
            for name, link in LINKS.items()}


def subset(number, right):
    """{name of a link: folder}: at least half of them the longest right solution."""
    chance = random.Random(SEED + number)
    labs = {link.lab.number: links_of(link.lab) for link in LINKS.values()}
    chosen = chance.sample(sorted(labs), chance.randint(1, len(labs)))
    longest = chosen[:len(chosen) - chance.randint(0, len(chosen) // 2)]
    folders = {lab: right[labs[lab][0].name] for lab in chosen}
    folders = {lab: each[0] if lab in longest else chance.choice(each) for lab, each in folders.items()}
    return {link.name: folders[lab] for lab in chosen for link in labs[lab]}


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
    names = set(subprocess.run(["nm", tmp_path / "disk.elf"], check=True, text=True, stdout=subprocess.PIPE).stdout.split())
    for name, link in KERNEL_LINKS.items():
        exports = set(kernel_links.settings(link).get("exports", ()))
        assert exports & names == (exports if name in parts else set())
    for name, link in LINKS.items():
        assert f"{link.title}: {'yours' if name in parts else 'ours'}." in screen


def test_with_every_link_the_machine_is_the_students(right, tmp_path):
    """From the MBR's first instruction to a command at the prompt."""
    for name, link in LINKS.items():
        solve(tmp_path / "labs", link, right[name][0])
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        assert pc.resets == 0 and ": ours." not in pc.serial
        assert pc.serial.count(": yours.") >= len(LINKS)
        start = len(pc.serial)
        pc.type_keys("version")
        pc.press("ret")
        pc.wait_for_prompt(after=start)
        assert "Firstlight v" in pc.serial[start:]
        pc.wait_for_screen_like_serial()


def test_a_closed_gate_is_opened_by_the_students_link(right, tmp_path):
    """The BIOS of the hostile tests leaves A20 off, and lies about it."""
    solve(tmp_path / "labs", LINKS["A20"], right["A20"][0])
    outcome = runner.boot(image_of(tmp_path / "labs", tmp_path), medium(target=0x81, entry_a20_off=1, a20_lies=1))
    assert outcome.end == "boots" and "A20: yours.\r\nA20: already on." in outcome.text, outcome


# ---- what is in the kernel -------------------------------------------------------

def changed(link, *replaced):
    """The reference with some of its text replaced."""
    text = link.lab.reference(link.file)
    for old, new in replaced:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def solve_with(labs, link, text):
    """Makes a program the student's; the link's other files are the reference's."""
    folder = labs.parent / "program"
    shutil.copytree(catalogue.SOLUTIONS / str(link.lab.number) / "reference", folder)
    (folder / link.file).write_text(text)
    solve(labs, link, folder)


IN_CAPITALS = ("    w->cells[w->row", "    if (c >= 'a' && c <= 'z')\n        c -= 'a' - 'A';\n    w->cells[w->row")


def test_the_screen_shows_what_the_students_writer_stores(tmp_path):
    """Its letters are capitals, which those on the serial line are not: so no other writer wrote them."""
    link = LINKS["VGA_WRITER"]
    solve_with(tmp_path / "labs", link, changed(link, IN_CAPITALS))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        pc.wait_for_screen_text("HELLO, WORLD!")
        assert "Hello, World!" in pc.serial and "Hello, World!" not in pc.screen().text
        pc.wait_for_screen(lambda screen: "UP 0:00" in (screen.status or ""), "the status row in capitals")


def test_the_kernel_lies_as_the_students_script_says(tmp_path):
    """It ends at a whole MiB; and the copy of that kernel boots if the header of the first one is damaged."""
    link = LINKS["LINKER_SCRIPT"]
    solve_with(tmp_path / "labs", link, changed(link, ("    . = ALIGN(4K);", "    . = ALIGN(1M);")))
    image = image_of(tmp_path / "labs", tmp_path)
    in_memory = header_of(image)["memory_bytes"]
    assert in_memory == 1 << 20 and symbol(tmp_path / "disk.elf", "kernel_memory_bytes") == in_memory
    patch_header(image, header_hash=0)
    assert "partition 2" in boots(image)


# what the student's parts take the place of
OURS = {"LINKER_SCRIPT": ["linker/kernel.ld", "linker/common.ld"], "VGA_WRITER": ["lib/vga_text.c"]}


def size_of_ours(file):
    """Bytes of code and data, or of a script's text."""
    if not file.endswith(".c"):
        return (ROOT / file).stat().st_size
    sizes = subprocess.run(["size", BUILD / f"kernel.d/{file}.o"], check=True, text=True, stdout=subprocess.PIPE).stdout
    return int(sizes.split("\n")[1].split()[3])


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_part_may_take_three_times_what_ours_takes(name):
    link = LINKS[name]
    assert link.room >= 3 * sum(size_of_ours(file) for file in OURS[name])
    assert f"{link.room // 1024} KiB" in link.lab.text("README.md")


def test_the_console_can_do_all_with_the_students_writer(right, tmp_path):
    """Scrolling, colours and a status row; rows that have scrolled off come back; the cells are what the serial line got."""
    solve(tmp_path / "labs", LINKS["VGA_WRITER"], right["VGA_WRITER"][0])
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        for command in ("help", "colors", "regs"):
            start = len(pc.serial)
            pc.type_serial(f"{command}\n")
            pc.wait_for_prompt(after=start)
        pc.wait_for_screen_like_serial()
        rows, height = pc.screen().rows, len(pc.screen().rows)
        pc.press("shift", "pgup")
        older = serial_rows(pc.serial, 2 * height - 1)[:height]
        pc.wait_for_screen(lambda screen: screen.rows == older, "the rows before")
        pc.press("shift", "pgdn")
        pc.wait_for_screen(lambda screen: screen.rows == rows, "the rows as they were")
        pc.type_serial("clear\n")
        pc.wait_for_screen(lambda screen: screen.rows == [">"] + [""] * (height - 1), "an empty screen")
        assert "free" in pc.screen().status


def test_the_students_ticks_are_the_clock(tmp_path):
    """A count that begins at an hour is what the status row shows, and it goes on."""
    link = LINKS["TIMER"]
    solve_with(tmp_path / "labs", link, changed(link, ("static volatile uint64_t ticks;", "static volatile uint64_t ticks = 360000;")))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        pc.wait_for_screen(lambda screen: "up 1:00:0" in (screen.status or ""), "an hour in the status row")
        pc.wait_for_screen(lambda screen: "up 1:00:05" in (screen.status or ""), "five seconds more")


def test_the_students_characters_reach_the_prompt(tmp_path):
    """The keyboard types each letter as the next one of the alphabet; a terminal's letters stay what they are."""
    link = LINKS["KEYBOARD"]
    solve_with(tmp_path / "labs", link, changed(link, ("    return c;\n", "    return c >= 'a' && c <= 'y' ? c + 1 : c;\n")))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        for type_text, text in ((pc.type_keys, "udqrhnmm\b\n"), (pc.type_serial, "version\n")):
            start = len(pc.serial)
            type_text(text)
            pc.wait_for_text("version", after=start)
            pc.wait_for_text("Firstlight v", after=start)
            pc.wait_for_prompt(after=start)


def test_the_students_idt_serves_the_kernel(right, tmp_path):
    """INT3 and an expected fault are survived; the words about any other page fault are the student's."""
    solve(tmp_path / "labs", LINKS["IDT"], right["IDT"][0])
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        for command, words in (("crash bp", "execution continues"), ("dump 0x123456789000", "nothing is mapped there")):
            start = len(pc.serial)
            pc.type_serial(f"{command}\n")
            pc.wait_for_prompt(after=start)
            assert words in pc.serial[start:]
        pc.type_serial("crash pf\n")
        pc.wait_for_text("#PF page fault: KERNEL: page not present, Read at 0x123456789000.")
        pc.wait_for_text("System halted.")
        pc.wait_for_screen_text("Read at 0x123456789000")
        assert pc.resets == 0


def test_a_double_fault_has_its_stack_with_the_students_idt(tmp_path):
    solve(tmp_path / "labs", LINKS["IDT"], catalogue.SOLUTIONS / "9/reference")
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        pc.type_serial("crash df\n")
        pc.wait_for_text("This report is made on the #DF stack.")
        pc.wait_for_text("System halted.")


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
    solve_with(tmp_path / "labs", link, changed(link, program) if isinstance(program, tuple) else f'%include "link.inc"\n{program}\n')
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_text(f"{link.title}: your program {words}")
        pc.wait_for_text(f"make check N={link.lab.number}")
        pc.wait_for_screen_text(words[:30])
        assert (pc.resets > 0) == ("reset" in words)        # SeaBIOS makes more than one of a reset


def wrong_writer(tmp_path, *replaced):
    """A machine with the reference's writer, changed."""
    solve_with(tmp_path / "labs", LINKS["VGA_WRITER"], changed(LINKS["VGA_WRITER"], *replaced))
    return Machine(image_of(tmp_path / "labs", tmp_path))


LAST_LINE = "    show_cursor(writer);\n}"


def at_the_prompt(statement):
    """What makes the writer execute a statement when it writes the prompt."""
    return LAST_LINE, f"    if (length > 0 && text[0] == '>')\n        {statement}\n{LAST_LINE}"


def test_a_writer_that_breaks_its_contract_is_replaced(tmp_path):
    with wrong_writer(tmp_path, at_the_prompt("writer->column = 81;")) as pc:
        pc.wait_for_prompt()
        pc.wait_for_screen_text("VGA writer: your program left row ")
        pc.wait_for_screen_text("`make check N=8` grades this link alone.")
        pc.type_serial("version\n")
        pc.wait_for_screen(lambda screen: screen.rows[-1] == ">" and "Firstlight v" in screen.rows[-2], "the prompt after a command")


def test_interrupts_are_off_while_the_writer_runs(tmp_path):
    """One that breaks its contract if they are on goes on in capitals after what the kernel calls with interrupts on."""
    if_on = '    unsigned long flags;\n\n    __asm__ volatile("pushf; pop %0" : "=r"(flags));\n    if (flags & 0x200)\n        writer->column = 81;\n'
    with wrong_writer(tmp_path, IN_CAPITALS, (LAST_LINE, LAST_LINE[:-1] + if_on + "}")) as pc:
        pc.wait_for_prompt()
        pc.type_serial("clear\n")
        pc.wait_for_screen(lambda screen: screen.rows[0] == ">", "an empty screen")
        pc.type_serial("version\n")
        pc.wait_for_screen_text("FIRSTLIGHT V")


def test_an_exception_in_the_writer_is_still_reported_on_the_screen(tmp_path):
    with wrong_writer(tmp_path, at_the_prompt('__asm__ volatile("ud2");')) as pc:
        pc.wait_for_text("System halted.")
        pc.wait_for_screen_text("VGA writer: your program caused an exception")
        pc.wait_for_screen_text("in vga_write")


def test_a_writer_that_never_returns_is_named_after_a_reset(tmp_path):
    with wrong_writer(tmp_path, at_the_prompt("for (;;)\n            outb(COM1_PORT, '#');")) as pc:
        pc.wait_for_text("#####")
        pc.qmp_command("system_reset")
        pc.wait_for_text("VGA writer: your program was running when the machine was reset")


@pytest.mark.parametrize("old, new, words", [
    ("{sizeof idt - 1, ", "{sizeof idt - 2, ", "loaded IDTR with the limit 0FFEh"),
    ("        .ist = ist,\n", "        .ist = ist & 0,\n", "made a gate of vector 02h that is not as it has to be")], ids=["limit", "gate"])
def test_an_idt_that_breaks_its_contract_is_replaced(old, new, words, tmp_path):
    link = LINKS["IDT"]
    solve_with(tmp_path / "labs", link, changed(link, (old, new)))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_prompt()
        pc.wait_for_text(f"IDT: your program {words}")
        pc.type_serial("crash pf\n")
        pc.wait_for_text("#PF page fault, error code 0x0: read at 0x123456789000, page not present")


def test_a_script_whose_kernel_dies_is_named_after_the_reset(tmp_path):
    link = LINKS["LINKER_SCRIPT"]
    solve_with(tmp_path / "labs", link, changed(link, ("    .data ALIGN(4K) :", "    .data :"), (". = KERNEL_BASE + KERNEL_LOAD_ADDRESS", ". = KERNEL_LOAD_ADDRESS")))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_text(f"{link.title}: your program laid out a kernel that was reset")


# (link, what is replaced in the reference, what the screen says of it); the boot goes on
WRONG_INTERRUPTS = [
    ("TIMER", ("    outb(PIT_CONTROL, ", '    __asm__ volatile("sti");\n    outb(PIT_CONTROL, '), "returned from timer_setup() with interrupts on"),
    ("TIMER", ("#define ALL_BUT_LINE_0 0xfe", "#define ALL_BUT_LINE_0 0xbe"), "left the masks BEh and FFh after timer_setup()"),
    ("TIMER", ("    ticks++;", "    ticks += 2;"), "returned from timer_interrupt(), and the count went from 0 to 2"),
    ("KEYBOARD", ("inb(PIC1_MASKS) & (uint8_t)~LINE_1", "(uint8_t)~LINE_1"), "left the masks FDh and FFh after keyboard_setup()"),
    ("KEYBOARD", ("        return -1;", "        return -2;"), "returned -2 from keyboard_next(), which is neither a character nor -1"),
]


@pytest.mark.parametrize("name, replaced, words", WRONG_INTERRUPTS, ids=[words for *_, words in WRONG_INTERRUPTS])
def test_what_the_timer_or_the_keyboard_did_wrong_is_said(name, replaced, words, tmp_path):
    solve_with(tmp_path / "labs", LINKS[name], changed(LINKS[name], replaced))
    with Machine(image_of(tmp_path / "labs", tmp_path)) as pc:
        pc.wait_for_text(f"{LINKS[name].title}: your program {words}")
        pc.wait_for_prompt()


# ---- what cannot be linked -------------------------------------------------------

REFUSED = [
    ("VGA_WRITER", [("#define TAB_WIDTH", "char big[13000] = { 1 };\n#define TAB_WIDTH")], r"Lab 8: your part has 1\d{4} bytes; there is room for 12288\."),
    ("VGA_WRITER", [("#define TAB_WIDTH", '#include "/etc/passwd"\n#define TAB_WIDTH')], "Lab 8: .*/etc/passwd"),
    ("VGA_WRITER", [("void vga_write(", "void other(")], "Lab 8: .*required symbol .vga_write. not defined"),
    ("LINKER_SCRIPT", [("SECTIONS\n", "INCLUDE /etc/passwd\nSECTIONS\n")], "Lab 7: .*/etc/passwd"),
    ("LINKER_SCRIPT", [("SECTIONS\n", f"/*{'x' * 70000}*/\nSECTIONS\n")], "Lab 7: kernel.ld has 7\\d{4} bytes; a source may have 65536"),
    ("LINKER_SCRIPT", [("    .rodata ALIGN(4K) :", "    .constants ALIGN(4K) :")], "Lab 7: kernel.ld has no output section .rodata, after which"),
]


@pytest.mark.parametrize("name, replaced, words", REFUSED, ids=[words for *_, words in REFUSED])
def test_what_cannot_be_linked_is_refused_in_words(name, replaced, words, tmp_path):
    solve_with(tmp_path / "labs", LINKS[name], changed(LINKS[name], *replaced))
    with pytest.raises(Problem, match=words):
        image_of(tmp_path / "labs", tmp_path)


def test_the_directory_of_the_loader_is_that_of_the_program():
    header = (ROOT / "tools/labs/mine/mine.h").read_text()
    assert f"#define MINE_SLOTS {mine.SLOTS} " in header
    slots = [link.slot for link in LINKS.values() if link.slot is not None]
    assert sorted(slots) == list(range(len(slots))) and len(slots) <= mine.SLOTS
    assert max(link.lba for link in LINKS.values() if link.kind == "STAGE2") + LAYOUT["STUDENT_SECTORS"] <= LAYOUT["STAGE2_COPY_LBA"]
