"""Typed sessions: each editing key, from the keyboard and a serial terminal, edits one line."""

import re

import pytest

# A key: how QEMU's keyboard sends it, and how a VT100 does.
EDITING_KEYS = {
    "<left>": (["left"], "\x1b[D"), "<right>": (["right"], "\x1b[C"),
    "<up>": (["up"], "\x1b[A"), "<down>": (["down"], "\x1b[B"),
    "<home>": (["home"], "\x1b[H"), "<end>": (["end"], "\x1b[F"),
    "<delete>": (["delete"], "\x1b[3~"), "<word left>": (["ctrl", "left"], "\x1b[1;5D"),
    "<word right>": (["ctrl", "right"], "\x1b[1;5C"),
    "<tab>": (["tab"], "\t"), "<back>": (["backspace"], "\x7f"),
    **{f"<^{letter}>": (["ctrl", letter], chr(ord(letter) & 0x1f)) for letter in "abcdefklnpuw"},
    **{letter.upper(): (["shift", letter], letter.upper()) for letter in "abxyz"},
}
SESSIONS = {
    "insert": ("echo ac<left>b\n", "abc"),
    "shift": ("echo aXbZ\n", "aXbZ"),
    "home_and_end": ("cho one<home>e<end> two\n", "one two"),
    "control_a_e": ("cho one<^a>e<^e> two\n", "one two"),
    "delete": ("echo axb<left><left><delete>\n", "ab"),
    "control_d": ("echo axb<^b><^b><^d>\n", "ab"),
    "backspace_in_the_middle": ("echo axb<left><back>\n", "ab"),
    "words": ("echo one two<home><word right><word right>X<word left>Y\n", "YoneX two"),
    "kill_to_end": ("echo keep lost<word left><left><^k>\n", "keep"),
    "kill_to_start": ("lost echo keep<home><word right><right><^u>\n", "keep"),
    "kill_word": ("echo keep lost<^w>\n", "keep"),
    "drop": ("echo lost<^c>echo kept\n", "kept"),
    "history": ("echo first\necho second\n<up><up>\n", "first"),
    "history_and_back": ("echo first\necho sec<up><down>ond\n", "second"),
    "edited_entry_survives": ("echo a\necho b\n<up><up>X<down><up>\n", "aX"),
    "completion": ("ec<tab>done\n", "done"),
    "ambiguous_completion": ("re<tab><^u>echo kept\n", "kept"),
}


def press(pc, name, source):
    """Presses one key."""
    keyboard, serial = EDITING_KEYS[name]
    if source == "keyboard":
        pc.press(*keyboard)
    else:
        pc.com1.sendall(serial.encode())


def type_session(pc, session, source):
    """Types each key after the one before has been echoed."""
    for key in re.findall(r"<[^>]+>|.|\n", session):
        before = len(pc.serial)
        if key in EDITING_KEYS:
            press(pc, key, source)
        elif source == "keyboard":
            pc.type_keys(key)
        else:
            pc.type_serial(key)
        pc.wait_for(lambda: len(pc.serial) > before, f"echo of {key!r}")


def last_answer(pc):
    """What the last command printed, between two prompts."""
    rows = pc.serial.replace("\r", "").split("\n")
    return rows[-2] if rows[-1] == "> " else None


@pytest.mark.parametrize("source", ["keyboard", "serial"])
@pytest.mark.parametrize("session, answer", SESSIONS.values(), ids=SESSIONS)
def test_session(boot, session, answer, source):
    pc = boot()
    pc.wait_for_prompt()
    type_session(pc, session, source)
    pc.wait_for(lambda: last_answer(pc) == answer, f"answer {answer!r}")
    pc.wait_for_screen_like_serial()


def test_both_sources_edit_the_same_line(boot):
    pc = boot()
    pc.wait_for_prompt()
    type_session(pc, "echo ac", "serial")
    type_session(pc, "<left>b", "keyboard")
    type_session(pc, "<end>d\n", "serial")
    pc.wait_for(lambda: last_answer(pc) == "abcd", "answer 'abcd'")


@pytest.mark.parametrize("source", ["keyboard", "serial"])
def test_ambiguous_completion_lists_the_commands_and_keeps_the_line(boot, source):
    pc = boot()
    pc.wait_for_prompt()
    start = len(pc.serial)
    type_session(pc, "re<tab>", source)
    pc.wait_for(lambda: re.search(r"regs +reboot *\r\n> re$", pc.serial[start:]), "list")
    pc.wait_for_screen_like_serial()


def test_a_line_of_255_characters_arrives_whole(boot):
    pc = boot()
    pc.wait_for_prompt()
    words = "".join(chr(ord("a") + i % 26) for i in range(250))
    type_session(pc, "echo " + words, "serial")
    pc.wait_for_screen_like_serial()
    start = len(pc.serial)
    pc.type_serial("!")                         # one too many: the bell
    pc.wait_for_text("\a", after=start)
    pc.type_serial("\n")
    pc.wait_for_text(words, after=start)
