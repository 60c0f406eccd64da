"""C is compiled by the host's own tools, so it can try more than what NASM sees: each attack ends in a
sentence and no points, neither reads nor changes anything outside, in each kind of sandbox."""

import hashlib
import json
import os
import re
import shutil

import pytest

import catalogue
import grader
from project import ROOT

WRITER, KERNEL = catalogue.find("8"), catalogue.find("7")
REFERENCE = (ROOT / "tests/labs/8/reference/vga_writer.c").read_text()
SECRET = "root:"                # of /etc/passwd
EMPTY = '#include "vga_writer.h"\nvoid vga_write(struct vga_writer *w, const char *t, size_t n) { (void)w, (void)t, (void)n; }\n'
DOUBLING = "".join(f"#define a{n} a{n + 1} a{n + 1}\n" for n in range(40)) + "#define a40 " + "1" * 60 + ",\nint x[] = { a0 };\n"

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can compile as another user")
KINDS = ["namespace", pytest.param("user", marks=as_root)]


def text_of(line):
    return f'__asm__("{line}");\n'


OUTSIDE = r"No such file|Permission denied|not found|can.t open|cannot (open|find)|which is not a file of this lab"
TOO_MUCH = r"takes more than|makes a file of more than|too (large|big|many)|overflow|memory|gave no reason|nested|multiple times|excessive"

# name: (source of vga_writer.c, pattern of the sentence)
READS = {
    "include of an absolute path": ('#include "/etc/passwd"\n', OUTSIDE),
    "include of a path upwards": ('#include "../../../../../../../../etc/passwd"\n', OUTSIDE),
    "include of this repository": (f'#include "{ROOT}/tests/labs/8/reference/vga_writer.c"\n', OUTSIDE),
    "incbin of an absolute path": (EMPTY + text_of('.incbin \\"/etc/passwd\\"'), OUTSIDE),
    "incbin of a path upwards": (EMPTY + text_of('.incbin \\"../../../../../../../../etc/passwd\\"'), OUTSIDE),
    "include by the assembler": (EMPTY + text_of('.include \\"/etc/passwd\\"'), OUTSIDE),
    "a name that is put together": (EMPTY + text_of('.macro a x\\n.\\\\x \\"/etc/passwd\\"\\n.endm\\na incbin'), OUTSIDE),
    "a line that claims to be elsewhere": ('#line 1 "/etc/passwd"\nint x = y;\n', OUTSIDE),
}
SPENDS = {
    "tokens that double": (DOUBLING, TOO_MUCH),
    "a file that includes itself twice": ('#include "vga_writer.c"\n' * 2, TOO_MUCH),
    "a fill of gigabytes": (EMPTY + text_of(".fill 0x70000000, 8, 1"), TOO_MUCH),
    "a repetition without end": (EMPTY + text_of(".rept 1000000000\\nnop\\n.endr"), TOO_MUCH),
    "an array of gigabytes": (EMPTY + "char big[1ul << 34] = { 1 };\n", TOO_MUCH),
}


def grade(tmp_path, lab, sources, **options):
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    for name in lab.files:
        (folder / name).write_text(sources.get(name, lab.reference(name)))
    return grader.grade(lab, folder, 1, tmp_path / "attempt.img", **options)


def assert_refused(report, sentence):
    assert "failure" not in report, report
    assert report["points"] == 0 and not report["passed"]
    assert report["refused"] and len(report["refused"].splitlines()) == 1
    assert re.search(sentence, report["refused"]), report["refused"]
    assert SECRET not in json.dumps(report)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", READS)
def test_no_source_reads_a_file_of_the_host(name, kind, tmp_path):
    source, sentence = READS[name]
    assert_refused(grade(tmp_path, WRITER, {"vga_writer.c": source}, sandbox=kind), sentence)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SPENDS)
def test_no_source_takes_the_host_s_time_or_room(name, kind, tmp_path):
    source, sentence = SPENDS[name]
    assert_refused(grade(tmp_path, WRITER, {"vga_writer.c": source}, sandbox=kind), sentence)


SCRIPT = KERNEL.reference("kernel.ld")
SCRIPTS = {
    "include of an absolute path": ("INCLUDE /etc/passwd\n" + SCRIPT, OUTSIDE),
    "include of a path upwards": ("INCLUDE ../../../../../../etc/passwd\n" + SCRIPT, OUTSIDE),
    "a file as an input": ("TARGET(binary)\nINPUT(/etc/passwd)\n" + SCRIPT, OUTSIDE),
    "a group with another folder": ("SEARCH_DIR(/etc)\nTARGET(binary)\nGROUP(passwd)\n" + SCRIPT, OUTSIDE),
    "a file at the start": ("STARTUP(/etc/passwd)\n" + SCRIPT, OUTSIDE),
    "itself": ("INCLUDE kernel.ld\n" + SCRIPT, TOO_MUCH),
    "a hole of gigabytes": (SCRIPT.replace("kernel_file_end = .;", "kernel_file_end = .;\n.hole : { . += 0x70000000; BYTE(1) }"), TOO_MUCH),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SCRIPTS)
def test_no_linker_script_gets_out(name, kind, tmp_path):
    source, sentence = SCRIPTS[name]
    assert_refused(grade(tmp_path, KERNEL, {"kernel.ld": source}, sandbox=kind), sentence)


def test_a_link_in_place_of_a_script_is_refused(tmp_path):
    grade(tmp_path, KERNEL, {})
    (tmp_path / "mine/kernel.ld").unlink()
    (tmp_path / "mine/kernel.ld").symlink_to("/etc/passwd")
    assert_refused(grader.grade(KERNEL, tmp_path / "mine", 1, tmp_path / "attempt.img"), "links are not followed")


@pytest.mark.parametrize("kind", KINDS)
def test_the_host_is_unchanged(kind, tmp_path):
    def state():
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.rglob("*")
                if path.is_file() and path.stem != "attempt"}

    owned = tmp_path / "owned"
    tmp_path.chmod(0o777)
    report = grade(tmp_path, KERNEL, {"kernel.ld": f"OUTPUT({owned})\n" + SCRIPT}, sandbox=kind)
    before = state()
    assert report["passed"]
    options = f"/* {{ dg-options \"-fplugin={owned}.so -wrapper /bin/touch,{owned}\" }} */\n// -fplugin={owned}.so\n"
    assert grade(tmp_path, WRITER, {"vga_writer.c": options + REFERENCE}, sandbox=kind)["passed"]
    after = {path: sum_ for path, sum_ in state().items() if path.name != "vga_writer.c"}
    assert after == before and not owned.exists()


RUNNING = {
    "a reset loop": "outb(0x64, 0xfe); for (;;) { }",
    "serial output without end": "for (;;) outb(0x3f8, 'A');",
    "a pass by a port": "outb(0xf4, 0); outb(0xe9, 'P'); outb(0x3f8, 'P'); for (;;) { }",
    "a machine without an end": "__asm__ volatile(\"cli; hlt\");",
    "calls that nobody made": "static const char nothing[1]; for (unsigned c = 0; c < 6; c++) watched_write(w, nothing, 0, c);"
                              " __asm__ volatile(\"jmp _start + 12\");",
}


@pytest.mark.parametrize("name", RUNNING)
def test_attack_by_running_gets_no_points(name, tmp_path):
    source = ('#include "lib/port.h"\n#include "vga_writer.h"\nvoid watched_write(struct vga_writer *, const char *, size_t, unsigned);\n'
              f"void vga_write(struct vga_writer *w, const char *t, size_t n) {{ (void)w, (void)t, (void)n; {RUNNING[name]} }}\n")
    report = grade(tmp_path, WRITER, {"vga_writer.c": source})
    assert "failure" not in report and report["points"] == 0 and not report["passed"], report


def test_the_graders_own_words_change_nothing(tmp_path):
    words = "10 of 10 points: passed."
    source = (f'#line 1 "\\n{words}"\n#warning {words} \x1b[2J\n' + EMPTY + text_of(f'.section .gnu.warning.vga_write\\n.ascii \\"{words}\\"\\n.text'))
    report = grade(tmp_path, WRITER, {"vga_writer.c": source})
    assert "failure" not in report and not report["passed"]
    lines = grader.in_words(report, 8, "").splitlines()
    assert [line for line in lines if line.startswith(words)] == [] and "\x1b" not in "".join(lines)


# ---- where the sandboxes are missing ------------------------------------------------


@pytest.fixture
def without_sandbox(tmp_path, monkeypatch):
    """A PATH that has neither bwrap nor setpriv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in ("node", "prlimit"):
        (folder / program).symlink_to(shutil.which(program))
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.usefixtures("without_sandbox")
def test_without_a_sandbox_a_strangers_work_is_not_compiled(tmp_path):
    report = grade(tmp_path, WRITER, {})
    assert grader.status(report) == grader.FAILED and "neither namespaces" in report["failure"]


@pytest.mark.usefixtures("without_sandbox")
def test_without_a_sandbox_ones_own_work_is_compiled_with_a_warning(tmp_path):
    report = grade(tmp_path, WRITER, {}, own=True)
    assert report["passed"]
    assert [text for text in report["messages"] if "without a sandbox" in text]


@as_root
def test_the_report_says_that_another_user_compiled_it(tmp_path):
    report = grade(tmp_path, WRITER, {}, sandbox="user")
    assert report["passed"] and "as another user" in report["messages"][0]
