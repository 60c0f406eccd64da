"""The kernel's prompt: its commands, from the keyboard and from the serial port alike."""

import re

import pytest

from project import find_line
from screen import ROWS

WHITE_ON_RED = 0x4F
COMMANDS = ("help", "clear", "reboot", "panic")


@pytest.fixture(params=["keyboard", "serial"])
def shell(request, boot):
    """A machine at its prompt; shell.type() types on the keyboard or on the serial port."""
    pc = boot()
    pc.wait_for_prompt()
    pc.type = pc.type_keys if request.param == "keyboard" else pc.type_serial
    return pc


def test_help_lists_every_command(shell):
    start = len(shell.serial)
    shell.type("help\n")
    shell.wait_for_prompt(after=start)
    for command in COMMANDS:
        assert re.search(rf"^\s*{command}\b", shell.serial[start:], re.M)


def test_unknown_command_is_named(shell):
    start = len(shell.serial)
    shell.type("frobnicate\n")
    shell.wait_for_prompt(after=start)
    answer = shell.serial[start:].split("\n", 1)[1]
    assert "frobnicate" in answer
    assert "help" in answer


def test_backspace_erases_a_character(shell):
    start = len(shell.serial)
    shell.type("helx\bp\n")
    shell.wait_for_prompt(after=start)
    assert re.search(r"^\s*reboot\b", shell.serial[start:], re.M)
    shell.wait_for_screen_like_serial()


def test_screen_is_the_serial_text_after_scrolling(shell):
    while shell.serial.count("\n") < 3 * ROWS:
        start = len(shell.serial)
        shell.type("help\n")
        shell.wait_for_prompt(after=start)
    shell.wait_for_screen_like_serial()


def test_clear_leaves_only_the_prompt(shell):
    shell.type("clear\n")
    shell.wait_for_screen(lambda screen: screen.rows[0] == screen.text == ">", "lone prompt")


def test_empty_line_only_prompts_again(shell):
    start = len(shell.serial)
    shell.type("\n")
    shell.wait_for_prompt(after=start)
    assert shell.serial[start:].split() == [">"]


def test_reboot_resets_and_boots_again(shell):
    start = len(shell.serial)
    shell.type("reboot\n")
    shell.wait_for_prompt(after=shell.wait_for_text("Stage 1: ", after=start))
    # One is ours; SeaBIOS resets twice more to restore its read-only memory.
    assert shell.resets >= 1
    assert shell.serial.count("Stage 1: ") == 2


def test_panic_is_white_on_red_and_names_its_place(shell):
    start = len(shell.serial)
    shell.type("panic\n")
    shell.wait_for(lambda: re.search(r"kernel/\w+/\w+\.c:\d+", shell.serial[start:]), "panic")
    shell.wait_for_text("RIP", after=start)
    file, line = re.search(r"(kernel/\w+/\w+\.c):(\d+)", shell.serial[start:]).groups()
    assert int(line) == find_line(file, r"\bpanic\(")
    screen = shell.wait_for_screen(
        lambda screen: f"{file}:{line}" in screen.text_with_attribute(WHITE_ON_RED), "red panic")
    assert "panic" in screen.text_with_attribute(WHITE_ON_RED)
    assert "\x1b" not in shell.serial
    assert shell.resets == 0
