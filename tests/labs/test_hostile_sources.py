"""A submission is hostile until proved otherwise: each attack ends in a sentence and no points, and
neither reads nor changes anything outside."""

import hashlib
import os
import re

import pytest

import catalogue
import grader
from project import ROOT

END = "\ntimes 510-($-$$) db 0\ndw 0xaa55\n"
NO_FILE = r"unable to (open|get length of|find)"
TOO_MUCH = "takes more than|exceeds the maximum|exceeds limit|out of memory|NASM gave up|macro recursion"

# name: (source, pattern of the sentence)
REFUSED = {
    "incbin of an absolute path": ('incbin "/etc/passwd"', NO_FILE),
    "include of an absolute path": ('%include "/etc/passwd"', NO_FILE),
    "incbin of a path upwards": ('incbin "../../../../../../etc/passwd"', NO_FILE),
    "include of this repository": (f'%include "{ROOT}/tests/labs/1/reference/boot.asm"', NO_FILE),
    "a device": ('incbin "/dev/urandom"', NO_FILE),
    "a macro that calls itself twice": ("%macro a 0\n%rep 2\na\n%endrep\n%endmacro\n%rep 1000\na\n%endrep\ndw 1/0", ""),
    "tokens that double": ("".join(f"%define a{n} a{n + 1} a{n + 1}\n" for n in range(40)) + "%define a40 1\ndb a0", TOO_MUCH),
    "nested repetitions": ("%rep 90000\n%rep 90000\n%endrep\n%endrep" + END, TOO_MUCH),
    "a billion bytes": ("times 1000000000 db 0", TOO_MUCH),
    "a billion instructions": ("times 1000000000 nop", TOO_MUCH),
    "a huge reservation": ("resb 10000000000", TOO_MUCH),
    "a file that includes itself": ('%include "boot.asm"', ""),
    "a megabyte and more of output": ("times 2000000 db 0", ""),
}


def grade(tmp_path, source):
    folder = tmp_path / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "boot.asm").write_text(source)
    return grader.grade(catalogue.find("1"), folder, 1, tmp_path / "attempt.img")


def assert_no_points(report):
    assert "failure" not in report, report
    assert report["points"] == 0 and not report["passed"]


@pytest.mark.parametrize("name", REFUSED)
def test_attack_by_source_ends_in_a_sentence(name, tmp_path):
    source, sentence = REFUSED[name]
    report = grade(tmp_path, source)
    assert_no_points(report)
    assert report["refused"].startswith("NASM did not accept your source: ")
    assert len(report["refused"].splitlines()) == 1
    assert re.search(sentence, report["refused"]), report["refused"]


def test_links_and_devices_in_place_of_a_source_are_refused(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "boot.asm").symlink_to(ROOT / "tests/labs/1/reference/boot.asm")
    report = grader.grade(catalogue.find("1"), folder, 1, tmp_path / "attempt.img")
    assert_no_points(report)
    assert "links are not followed" in report["refused"]
    (folder / "boot.asm").unlink()
    os.mkfifo(folder / "boot.asm")
    report = grader.grade(catalogue.find("1"), folder, 1, tmp_path / "attempt.img")
    assert_no_points(report)
    (folder / "boot.asm").unlink()
    (folder / "boot.asm").write_bytes(b"nop\n" * 20000)
    assert "a source may have" in grader.grade(catalogue.find("1"), folder, 1, tmp_path / "attempt.img")["refused"]


# name: (program, pattern of the sentence)
RUNNING = {
    "a reset loop": ("jmp 0xffff:0", "restarted the PC"),
    "the BIOS's self-test": ("jmp 0xf000:0xe05b", "restarted the PC"),
    "a reset by the keyboard controller": ("mov al, 0xfe\nout 0x64, al\njmp $", "restarted the PC"),
    "a reset by the chip set": ("mov dx, 0xcf9\nmov al, 6\nout dx, al\njmp $", "restarted the PC"),
    "the BIOS's boot again and again": ("int 0x19", "restarted the PC"),
    "serial output without end": ("mov dx, 0x3f8\nagain: mov al, 'A'\nout dx, al\njmp again", "sent more than 5000 bytes to the serial port"),
    "a pass by a port": ("mov al, 0\nout 0xf4, al\nmov dx, 0xe9\nmov al, 'P'\nout dx, al\njmp $", "used port F4h"),
}


@pytest.mark.parametrize("name", RUNNING)
def test_attack_by_running_ends_in_a_sentence(name, tmp_path):
    program, sentence = RUNNING[name]
    report = grade(tmp_path, f"bits 16\norg 0x7c00\n{program}{END}")
    assert_no_points(report)
    assert re.fullmatch(rf"Your program {sentence}\b.*\. No lab asks for that, so nothing is graded\.", report["refused"])


def test_a_pc_that_is_switched_off_ends_in_a_sentence(tmp_path):
    report = grade(tmp_path, f"bits 16\norg 0x7c00\nmov ax, 0x5307\nmov bx, 1\nmov cx, 3\nint 0x15\njmp $\n{END}")
    assert_no_points(report)
    assert "switched the PC off" in report["refused"]


def test_the_graders_own_words_on_the_screen_are_refused(tmp_path):
    words = '10 of 10 points: passed.'
    source = f"""bits 16
org 0x7c00
cld
xor bx, bx
mov ds, bx
mov si, text
next: lodsb
test al, al
jz $
mov ah, 14
int 16
jmp next
text: db "{words}", 27, "[2J", 0{END}"""
    report = grade(tmp_path, source)
    assert_no_points(report)
    assert report["refused"].startswith("Your program shows words of this report.")
    text = grader.in_words(report, 1, "")
    assert words not in text and "\x1b" not in text


def test_the_host_is_unchanged(tmp_path):
    def state():
        names = sorted(path for path in tmp_path.rglob("*") if path.name != "attempt.img")
        return [(path, hashlib.sha256(path.read_bytes()).hexdigest()) for path in names if path.is_file()]

    source = '[map all /tmp/owned]\n[map all boot.asm]\n%pragma output /tmp/x\nbits 16\njmp $' + END
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/boot.asm").write_text(source)
    before = state()
    grade(tmp_path, source)
    assert state() == before
