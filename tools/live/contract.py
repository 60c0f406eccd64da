"""What the page shows of include/ and docs/architecture.md, read from there.

Milestones, register bits, exceptions and errors are X-macro tables; the owners of low memory are
the table "Low memory while loading" of docs/architecture.md, whose addresses are layout.h's.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools/shared"))
from firstlight.headers import constants, table  # noqa: E402

FIRST_MIB = 0x100000
# What a PC has in its first MiB whatever the loader does; the table below takes precedence.
FIRMWARE_OWNERS = [
    (0x00000, "real-mode vector table: 256 entries of 4 bytes"),
    (0x00500, "free"),
    (0x07000, "free"),
    (0x07e00, "free"),
    (0x18000, "free"),
    (0x9fc00, "extended BIOS data (EBDA)"),
    (0xa0000, "VGA graphics memory"),
    (0xb8000, "VGA text screen, 80 x 25 cells of 2 bytes"),
    (0xc0000, "VGA BIOS (ROM)"),
    (0xd0000, "adapters' ROMs"),
    (0xe0000, "BIOS (ROM)"),
]


STAMP = "milestone_stamp"       # lib/milestone.h: its first argument is the milestone's number


def milestones():
    return [{"number": number, "name": name, "text": text}
            for number, name, text in table("milestones.def", "MILESTONE")]


def register_bits():
    """{register: [[bit, name, meaning]]}."""
    found = {}
    for register, bit, name, meaning in table("register_bits.def", "REGISTER_BIT"):
        found.setdefault(register, []).append([bit, name, meaning])
    return found


def exceptions():
    """By vector: [mnemonic, text]."""
    return [[mnemonic, text] for _, _, mnemonic, text in table("exceptions.def", "EXCEPTION")]


def errors():
    return [[number, name, text, cause, advice]
            for number, name, text, cause, advice in table("errors.def", "ERROR")]


def owners():
    """[{"from", "to", "what"}] of the first MiB and the kernel after it, without holes."""
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = re.search(r"^## Low memory while loading\n(.*?)^## ", page, re.M | re.S)[1]
    rows = re.findall(r"^\| ([0-9A-F]{5,6})h(?: - [0-9A-F]+h)? \| (.*?) \|$", section, re.M)
    starts = dict(FIRMWARE_OWNERS) | {int(address, 16): _plain(what) for address, what in rows}
    ordered = sorted(starts.items())
    ends = [start for start, _ in ordered[1:]] + [ordered[-1][0]]
    return [{"from": start, "to": end, "what": what}
            for (start, what), end in zip(ordered, ends) if end > start or start >= FIRST_MIB]


def _plain(markdown):
    return re.sub(r"\[([^]]*)\]\([^)]*\)|`", r"\1", markdown)


def constants_for_page():
    names = ("MBR_ADDRESS", "STAGE2_ADDRESS", "RECORDER_ADDRESS", "RECORDER_SIZE", "BOOT_INFO_ADDRESS",
             "STACK_BOTTOM", "STACK_TOP", "PAGE_TABLES_ADDRESS", "PAGE_TABLES_PAGES",
             "BOUNCE_ADDRESS", "VGA_TEXT_ADDRESS", "VGA_COLUMNS", "VGA_ROWS", "KERNEL_LOAD_ADDRESS")
    values = constants()
    return {name: values[name] for name in names}
