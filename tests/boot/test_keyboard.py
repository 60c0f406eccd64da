"""The keyboard as people use it: modifiers, layouts, lights; and machines without one."""

import re
import time

import pytest

from machine import LIMIT
from project import BUILD


class KeyWatcher:
    """The command "keys", running: names of the keys that arrive."""

    def __init__(self, pc):
        self.pc = pc
        pc.type_serial("keys\n")
        self.position = pc.wait_for_text("Escape ends this.\r\n")

    def expect(self, *names):
        """Waits for as many lines as there are names, and compares them."""
        line = re.compile(r" +[0-9a-f]{7}  (.*)\r\n")
        for name in names:
            self.pc.wait_for(lambda: line.match(self.pc.serial, self.position), f"line for {name}")
            match = line.match(self.pc.serial, self.position)
            assert match[1] == name
            self.position = match.end()

    def press(self, *keys):
        self.pc.press(*keys)
        return self


@pytest.fixture
def pc(boot):
    pc = boot()
    pc.wait_for_prompt()
    return pc


@pytest.fixture
def keys(pc):
    return KeyWatcher(pc)


@pytest.mark.parametrize("pressed, name", [
    (("a",), "a"), (("shift", "a"), "A"), (("shift_r", "2"), "@"), (("ctrl", "a"), "Ctrl-A"),
    (("alt", "f"), "Alt-f"), (("alt_r", "f"), "Alt-f"), (("f1",), "F1"), (("f12",), "F12"),
    (("up",), "Up"), (("ctrl", "left"), "Ctrl-Left"), (("shift", "pgup"), "Shift-Page Up"),
    (("insert",), "Insert"), (("delete",), "Delete"), (("home",), "Home"), (("end",), "End"),
    (("ret",), "Enter"), (("kp_enter",), "Enter"), (("kp_divide",), "/"), (("kp_add",), "+"),
    (("less",), "\\"), (("ctrl", "backspace"), "Ctrl-Backspace"), (("tab",), "Tab"),
])
def test_keys_arrive_with_their_modifiers(keys, pressed, name):
    keys.press(*pressed).expect(name)
    keys.press("x").expect("x")         # no key is still considered pressed


def test_pause_and_print_are_not_keys(keys):
    keys.press("pause").press("print").press("meta_l").press("x").expect("x")


def test_keys_ends_with_escape(keys):
    keys.press("esc").expect("Escape")
    keys.pc.wait_for_prompt(after=keys.position - 1)


def test_german_layout_is_chosen_at_run_time(pc):
    pc.type_keys("layout de\n")
    pc.wait_for_text("Keyboard layout: German.")
    keys = KeyWatcher(pc)
    keys.press("z").expect("y")
    keys.press("semicolon").expect("U+00F6")
    keys.press("alt_r", "q").expect("@")
    keys.press("alt_r", "e").expect("U+20AC")
    keys.press("alt_r", "7").expect("{")
    keys.press("alt_r", "less").expect("|")
    keys.press("shift", "7").expect("/")
    keys.press("equal").press("e").expect("U+00E9")
    keys.press("grave_accent").press("spc").expect("^")


def test_an_accent_does_not_outlive_its_layout(pc):
    pc.type_serial("layout de\n")
    pc.wait_for_text("Keyboard layout: German.")
    pc.press("equal")                   # a dead acute accent
    pc.type_serial("layout us\n")
    pc.wait_for_text("Keyboard layout: US English.")
    KeyWatcher(pc).press("e").expect("e")


def test_layout_lists_and_refuses(pc):
    start = len(pc.serial)
    pc.type_serial("layout\n")
    pc.wait_for_prompt(after=start)
    assert re.search(r"^\* us +US English", pc.serial[start:], re.M)
    assert re.search(r"^  de +German", pc.serial[start:], re.M)
    start = len(pc.serial)
    pc.type_serial("layout klingon\n")
    pc.wait_for_text('Unknown layout "klingon"', after=start)


def test_locks_act_and_light_up(boot, tmp_path):
    trace = tmp_path / "trace"
    pc = boot("-trace", "ps2_set_ledstate", "-D", str(trace))
    pc.wait_for_prompt()
    keys = KeyWatcher(pc)

    def wait_for_lights(expected):
        """The keyboard's acknowledgements come in between: a key may be shown before the lights."""
        deadline = time.monotonic() + LIMIT
        while (shown := re.findall(r"ledstate (\d+)\n", trace.read_text())[-1:]) != [expected]:
            assert time.monotonic() < deadline, f"lights {shown}, not {expected}"
            time.sleep(0.01)

    keys.press("caps_lock").press("a").expect("A")
    keys.press("1").expect("1")
    wait_for_lights("4")
    keys.press("num_lock").press("kp_7").expect("7")
    wait_for_lights("6")
    keys.press("scroll_lock").press("b").expect("B")
    wait_for_lights("7")
    keys.press("caps_lock").press("num_lock").press("kp_7").expect("Home")
    wait_for_lights("1")


@pytest.mark.parametrize("machine", ["pc", "q35"])
def test_missing_controller_is_reported_and_survived(boot, machine):
    pc = boot(machine=f"{machine},i8042=off")
    pc.wait_for_prompt()
    assert "Keyboard: no PS/2 controller, port 64h reads FFh." in pc.serial
    keys = KeyWatcher(pc)
    pc.type_serial("x")
    keys.expect("x")


def test_good_controller_is_not_complained_about(pc):
    assert "Keyboard:" not in pc.serial


@pytest.mark.parametrize("sent, name", [
    ("\x1b[A", "Up"), ("\x1bOB", "Down"), ("\x1b[1;5C", "Ctrl-Right"),
    ("\x1b[5;2~", "Shift-Page Up"), ("\x1b[3~", "Delete"), ("\x1bf", "Alt-f"),
    ("\x7f", "Backspace"), ("\r", "Enter"), ("\x1b", "Escape"),
    ("\x1b\x1b[A", "Escape"), ("\u20ac", "U+20AC"), ("\x01", "Ctrl-A"),
    ("\x1b[15~", "F5"),
])
def test_terminals_keys_arrive(keys, sent, name):
    keys.pc.type_serial(sent)
    keys.expect(name)


@pytest.mark.parametrize("device", ["Keyboard", "Serial"])
def test_overflow_is_reported(boot, device):
    """A test inside the kernel puts 44 bytes more into the queue than fit."""
    name = f"{device.lower()}_queue_overflows_with_a_message"
    pc = boot(image=BUILD / "tests/kernel.img")
    pc.wait_for_text("test> ")
    pc.type_serial(name + "\n")
    end = pc.wait_for_text(f"ok 1 - {name}")
    assert f"{device}: the queue was full; bytes lost: 44." in pc.serial[:end]
    assert "not ok" not in pc.serial
