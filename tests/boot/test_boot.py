"""From the MBR's first instruction to the kernel's prompt, on the machines that should boot."""

import re

import pytest

from bochs import Bochs
from machine import PROMPT
from project import IMAGE

KERNEL_LINES = [
    r"Firstlight v0\.1\.0",
    r"Hardware initialized\.",
    r"Memory: 128 MiB detected\.",
    r"VGA buffer initialized at 0xb8000\.",
    r"Boot: .*\d ms.*",
    r"Hello, World!",
    r">",
]


def assert_kernel_lines(rows):
    """The kernel's lines are there in order, and the prompt is the last thing on the screen."""
    rest = iter(rows)
    for pattern in KERNEL_LINES:
        assert any(re.fullmatch(pattern, row) for row in rest), f"no {pattern} in its place"
    assert not any(rest), "something follows the prompt"


@pytest.mark.parametrize("model", ["pc", "q35"])
def test_boots_to_the_prompt(boot, model):
    pc = boot(machine=model)
    pc.wait_for_prompt()
    assert_kernel_lines([line.rstrip() for line in pc.serial.split("\n")])
    pc.wait_for_screen_like_serial()
    assert_kernel_lines(pc.screen().rows)
    assert pc.screenshot(model).stat().st_size > 0
    assert pc.resets == 0


def test_boots_in_bochs(tmp_path):
    with Bochs(IMAGE, tmp_path) as pc:
        pc.wait_for_text(PROMPT)
        assert "Hello, World!" in pc.serial


def test_bochs_cpu_without_long_mode_is_refused(tmp_path):
    with Bochs(IMAGE, tmp_path, cpu="p3_katmai") as pc:
        pc.wait_for_text("no 64-bit long mode")


@pytest.mark.parametrize("memory, text", [("128M", "128 MiB"), ("3G", "3 GiB"), ("4G", "4 GiB")])
def test_names_the_memory(boot, memory, text):
    pc = boot(memory=memory)
    pc.wait_for_prompt()
    assert f"\nMemory: {text} detected.\r\n" in pc.serial


def test_boots_without_a_serial_port(boot):
    pc = boot(serial=False)
    pc.wait_for_screen(lambda screen: screen.text.endswith(PROMPT.rstrip()), "prompt")
    assert_kernel_lines(pc.screen().rows)
    assert pc.resets == 0


def test_boots_as_a_usb_stick(boot):
    pc = boot("-device", "usb-ehci", "-device", "usb-storage,drive=stick,removable=on",
              drive="if=none,id=stick")
    pc.wait_for_prompt()


def test_never_writes_the_image(boot):
    before = IMAGE.read_bytes()
    pc = boot()
    pc.wait_for_prompt()
    pc.type_serial("reboot\n")
    pc.wait_for_prompt(after=len(pc.serial))
    assert IMAGE.read_bytes() == before
