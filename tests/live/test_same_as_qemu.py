"""At each milestone the PC of the live page agrees with QEMU, both read by the debugger's modules."""

import base64
import json
import subprocess
import sys

import pytest

from gdb_session import output_of_session, require_debugger
from machine import require
from project import BUILD, IMAGE, ROOT
from firstlight.bits import mask
from firstlight.cpu import Cpu, Segment
from firstlight.headers import table
from firstlight.paging import ADDRESS_BITS
from milestone_picture import PAGE, picture

MEMORY = 128                # MiB: what QEMU has without -m
LOW_BIOS_DATA, BIOS_TABLES = 0x9F000, 128 << 10
USED = mask("PAGE", "A") | mask("PAGE", "D")
MILESTONES = [name for _, name, _ in table("milestones.def", "MILESTONE")]


class LivePc:
    """An instant that milestones.mjs wrote, with the interface of the debugger's CPU."""

    def __init__(self, seen):
        self.pages = {int(number): base64.b64decode(page) for number, page in seen["pages"].items()}
        self.cpu = Cpu("")
        self.cpu.values = {name: int(value, 16) for name, value in seen["values"].items()}
        code = seen["code"]
        self.cpu.segments["cs"] = Segment(code["selector"], int(code["base"], 16), code["limit"],
                                          int(code["access"], 16) << 8)
        self.cpu.tables = {name: (int(seen[name][0], 16), seen[name][1]) for name in ("gdt", "idt")}

    def read(self, address, length):
        empty = bytes(PAGE)
        first, last = address // PAGE, (address + length - 1) // PAGE
        memory = b"".join(self.pages.get(number, empty) for number in range(first, last + 1))
        return memory[address % PAGE:][:length]


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    require("node")
    names = tmp_path_factory.mktemp("live") / "names.json"
    subprocess.run([sys.executable, "-B", "tools/live/live.py", IMAGE, "--build", BUILD, "--data", names],
                   cwd=ROOT, check=True, timeout=120)
    seen = subprocess.run(["node", "tests/live/milestones.mjs", IMAGE, names, str(MEMORY)], cwd=ROOT,
                          check=True, timeout=300, stdout=subprocess.PIPE, text=True).stdout
    pcs = {name: LivePc(instant) for name, instant in json.loads(seen).items()}
    return {name: as_json(picture(pc.cpu, pc.read)) for name, pc in pcs.items()}


def as_json(value):
    return json.loads(json.dumps(value))


@pytest.fixture(scope="module")
def qemu(tmp_path_factory):
    require_debugger()
    folder = tmp_path_factory.mktemp("qemu")
    out = folder / "pictures.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILESTONE_PICTURES", str(out))
        output = output_of_session(folder, "source tests/live/milestone_picture.py")
    assert out.exists(), output
    return json.loads(out.read_text())


def type_at(ranges, frame):
    return next((entry["type"] for entry in ranges
                 if entry["base"] <= frame < entry["base"] + entry["length"]), None)


def comparable(seen, other):
    """Without what depends on the machine, and on nothing else, which docs/live.md lists: the BIOS's
    memory map with the rights of its frames, and Accessed and Dirty, which say what has run so far."""
    ranges, entries = seen["memory map"], {}
    for at, (name, entry) in seen["page tables"].items():
        frame = entry & ADDRESS_BITS
        if name != "PT" or type_at(ranges, frame) == type_at(other["memory map"], frame):
            entries[at] = name, entry & ~USED
    info = {field: value for field, value in (seen["boot info"] or {}).items()
            if field != "memory_map_entries"}
    return seen | {"memory map": None, "page tables": entries, "boot info": info}


@pytest.mark.full
def test_each_milestone_is_that_of_qemu(live, qemu):
    for name in MILESTONES:
        ours, theirs = live[name], qemu[name]
        assert comparable(ours, theirs) == comparable(theirs, ours), name
    assert len(qemu["READY"]["page tables"]) > 1000 and qemu["READY"]["idt"]


@pytest.mark.full
def test_only_the_bios_own_memory_differs(live, qemu):
    """Up to the BIOS data at the end of low memory, and to its tables at the end of the RAM."""
    ours, theirs = (side["KERNEL"]["memory map"] for side in (live, qemu))
    differing = [frame for frame in range(0, MEMORY << 20, PAGE)
                 if type_at(ours, frame) != type_at(theirs, frame)]
    low = [frame for frame in differing if frame < 1 << 20]
    assert all(frame >= LOW_BIOS_DATA for frame in low)
    assert all(frame >= (MEMORY << 20) - BIOS_TABLES for frame in differing[len(low):])
