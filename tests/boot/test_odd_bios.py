"""BIOSes as they were met in the field, played by a hook before an ordinary one.

The hook is hooks/odd_bios.asm.  The disk of these tests starts with a boot sector
that loads it; our MBR waits in the gap before the kernel's partition.  All else
lies where it always does.
"""

import re
import struct
from dataclasses import dataclass

import pytest

from bochs import Bochs
from machine import PROMPT
from outcome import assert_boots, assert_names, assert_stage1_names
from project import IMAGE, LAYOUT, assemble

SECTOR = LAYOUT["SECTOR_SIZE"]
KERNEL = LAYOUT["KERNEL_LBA"]
MBR_LBA = KERNEL - 1
HOOK_LBA = 1536
HOOK_SECTORS = 100
HOOK_SEGMENT = 0x9000
DISK_SIZE = 16 << 20
SMAP = 0x534D4150
KIB, MIB = 1 << 10, 1 << 20
USABLE, RESERVED = 1, 2
IF, DF = 0x200, 0x400          # bits of FLAGS


def odd_disk(folder, *flags, **defines):
    """The image with the hook in front of it; every flag and name is one oddity."""
    defines |= {flag: 1 for flag in flags}
    data = bytearray(IMAGE.read_bytes())
    data += bytes(DISK_SIZE - len(data))

    def put(lba, content):
        assert not any(data[lba * SECTOR:lba * SECTOR + len(content)])
        data[lba * SECTOR:lba * SECTOR + len(content)] = content

    put(MBR_LBA, data[:SECTOR])
    hook = assemble("odd_bios.asm", folder / "hook", MBR_LBA=MBR_LBA, **defines)
    assert len(hook) <= HOOK_SECTORS * SECTOR
    put(HOOK_LBA, hook)
    data[:SECTOR] = assemble("chain.asm", folder / "chain", DRIVE=0x80, LBA=HOOK_LBA,
                             SECTORS=HOOK_SECTORS, SEGMENT=HOOK_SEGMENT, OFFSET=0)
    (folder / "odd.img").write_bytes(data)
    return folder / "odd.img"


@pytest.fixture
def odd(boot, tmp_path):
    """odd("NO_EDD", EDD_MAX=16) boots on a BIOS with these oddities."""
    def start(*flags, **defines):
        return boot(image=odd_disk(tmp_path, *flags, **defines))
    return start


def boots_by(pc, mode):
    assert_boots(pc)
    assert f" by {mode}, XXH32 " in pc.serial


# ---- how the MBR is entered ------------------------------------------------------

@pytest.mark.parametrize("flags, defines", [
    pytest.param([], {}, id="as usual"),
    pytest.param([], {"ENTRY_SEGMENT": 0x7C0}, id="at 07C0:0000"),
    pytest.param(["ENTRY_JUNK"], {}, id="junk in the registers"),
    pytest.param(["ENTRY_JUNK"], {"ENTRY_SEGMENT": 0x7C0}, id="junk at 07C0:0000"),
    pytest.param([], {"POISON": 0xFFFF}, id="memory of ones"),
    pytest.param([], {"POISON": 0xCCCC}, id="memory of breakpoints"),
    pytest.param(["POISON_RANDOM"], {}, id="random memory"),
    pytest.param(["POISON_RANDOM", "ENTRY_JUNK", "A20_OFF"], {}, id="random memory and A20 off"),
    pytest.param([], {"EBDA": 0}, id="EBDA at 0"),
    pytest.param([], {"EBDA": 0x1234}, id="EBDA at 1234"),
    pytest.param([], {"EBDA": 0xFFFF}, id="EBDA at FFFF"),
    pytest.param([], {"INT12_KIB": 0}, id="INT 12h says 0"),
    pytest.param([], {"INT12_KIB": 640}, id="INT 12h says 640"),
    pytest.param([], {"INT12_KIB": 256}, id="INT 12h says 256"),
])
def test_boots_when_entered(odd, flags, defines):
    boots_by(odd(*flags, **defines), "EDD")


@pytest.mark.parametrize("drive", [0x00, 0x7F, 0x81, 0xFF])
def test_stage_1_falls_back_to_80h(odd, drive):
    pc = odd(ENTRY_DL=drive)
    boots_by(pc, "EDD")
    assert len(re.findall(rf"^MBR error . .. {drive:02X}\. Key\?\r$", pc.serial, re.M)) == 2
    assert "of stage 2 from drive 80h" in pc.serial


# ---- INT 13h ------------------------------------------------------------------------

@pytest.mark.parametrize("flags, defines, mode", [
    pytest.param(["NO_EDD"], {}, "CHS", id="no EDD"),
    pytest.param(["NO_EDD_CHECK"], {}, "EDD", id="41h refused"),
    pytest.param(["NO_EDD_CHECK", "SECTORS_0"], {}, "EDD", id="41h refused and no geometry"),
    pytest.param(["INT13_SEGMENTS"], {}, "EDD", id="other DS and ES"),
    pytest.param(["INT13_SEGMENTS", "INT13_JUNK", "NO_EDD"], {"INT13_FLAGS": IF | DF}, "CHS",
                 id="other DS and ES, junk, flags, no EDD"),
    pytest.param([], {"FAIL_EVERY": 3}, "EDD", id="every third read fails"),
    pytest.param(["NO_EDD"], {"FAIL_EVERY": 3}, "CHS", id="no EDD, every third read fails"),
    pytest.param([], {"FAIL_EVERY": 2}, "EDD", id="each read needs two"),
    pytest.param(["NO_EDD"], {"FAIL_EVERY": 2}, "CHS", id="no EDD, each read needs two"),
    pytest.param(["NO_EDD", "BAD_08"], {}, "CHS", id="08h destroys ES:DI and sets CF"),
    pytest.param(["NO_EDD", "INT13_JUNK"], {}, "CHS", id="no EDD and junk in the registers"),
    pytest.param([], {"EDD_MAX": 64}, "EDD", id="at most 64 sectors"),
    pytest.param([], {"EDD_MAX": 16}, "EDD", id="at most 16 sectors"),
    pytest.param([], {"EDD_MAX": 1}, "EDD", id="at most 1 sector"),
    pytest.param([], {"STUCK": 1}, "EDD", id="refuses everything until reset"),
    pytest.param([], {"STUCK": 5}, "EDD", id="refuses everything until the fifth reset"),
    pytest.param([], {"STUCK": 2, "STUCK_FROM": 2048}, "EDD", id="gets stuck at the kernel"),
    pytest.param(["NO_EDD"], {"STUCK": 5}, "CHS", id="no EDD, works after the fifth reset"),
    pytest.param(["INT13_JUNK"], {}, "EDD", id="junk in the registers"),
    pytest.param([], {"INT13_FLAGS": IF}, "EDD", id="interrupts on"),
    pytest.param([], {"INT13_FLAGS": IF | DF}, "EDD", id="direction down"),
    pytest.param(["INT13_GDTR"], {}, "EDD", id="another GDTR"),
    pytest.param(["INT13_CLOSES_A20"], {}, "EDD", id="A20 closed after each call"),
    pytest.param(["NO_EDD", "INT13_CLOSES_A20"], {}, "CHS", id="A20 closed, no EDD"),
    pytest.param(["INT10_JUNK"], {}, "EDD", id="INT 10h destroys registers"),
    pytest.param(["INT13_JUNK", "INT10_JUNK", "INT13_GDTR", "INT13_CLOSES_A20", "ENTRY_JUNK",
                  "POISON_RANDOM", "A20_OFF", "A20_LIES"], {"INT13_FLAGS": IF | DF}, "EDD",
                 id="all of these"),
])
def test_boots_with_a_disk_service_that_has(odd, flags, defines, mode):
    boots_by(odd(*flags, **defines), mode)


@pytest.mark.parametrize("eot", [1, 9, 15, 63])
def test_tells_the_bios_of_a_floppy_where_its_tracks_end(odd, eot):
    """Tracks of 63 sectors, because it is a hard disk.  Afterwards INT 1Eh is the BIOS's again."""
    pc = odd(ENTRY_DL=0, FLOPPY_EOT=eot)
    boots_by(pc, "CHS")
    assert "of stage 2 from drive 00h" in pc.serial and "XXH32, " not in pc.serial
    offset, segment = struct.unpack("<HH", pc.memory(4 * 0x1E, 4))
    assert segment == HOOK_SEGMENT and pc.memory(segment * 16 + offset + 4, 1)[0] == eot


@pytest.mark.parametrize("lba", [1, 2, KERNEL, KERNEL + 1])
def test_reads_by_chs_what_edd_says_it_has_read(odd, lba):
    boots_by(odd(EDD_LIES_FROM=lba), "CHS")


@pytest.mark.parametrize("most", [1, 16, 64, 126])
def test_reads_little_at_a_time_what_edd_says_it_has_read(odd, most):
    """The copy is tried before, in vain: it arrives no better."""
    pc = odd(EDD_LIES_ABOVE=most)
    boots_by(pc, "EDD")
    assert re.findall(r"Trying partition .*\.", pc.serial) == [
        "Trying partition 2, by EDD, at most 127 sectors a call.",
        "Trying partition 1, by EDD, at most 1 sector a call."]


def test_stage_1_names_a_disk_without_geometry(odd):
    assert_stage1_names(odd("NO_EDD", "SECTORS_0"), "READ", "00")


@pytest.mark.parametrize("status", [0x20, 0x31, 0x80, 0xAA])
@pytest.mark.parametrize("flags", [[], ["INT10_JUNK"], ["INT13_JUNK", "INT10_JUNK"]],
                         ids=["plain", "INT 10h junk", "junk everywhere"])
def test_stage_1_names_the_status(odd, status, flags):
    assert_stage1_names(odd(*flags, STATUS=status), "READ", f"{status:02X}")


# ---- A20 ------------------------------------------------------------------------------

@pytest.mark.parametrize("flags, text", [
    pytest.param([], "on already", id="on"),
    pytest.param(["A20_OFF"], "switched on by INT 15h 2401h", id="off"),
    pytest.param(["A20_OFF", "A20_LIES"], "switched on by the keyboard controller",
                 id="BIOS lies"),
])
def test_opens_a20(odd, flags, text):
    pc = odd(*flags)
    assert_boots(pc)
    assert f"A20: {text}.\r\n" in pc.serial


# ---- INT 15h: how much memory ------------------------------------------------------------

@dataclass
class Entry:
    """What one call of E820h with `ebx` answers."""
    base: int
    length: int
    type: int = USABLE
    attributes: int = 1
    ebx: int = None             # by default: numbered from 0 on
    next: int = None            # by default: the following entry's, 0 after the last
    ecx: int = 24               # what the BIOS says it has written
    written: int = 24           # what it has
    eax: int = SMAP
    cf: int = 0

    def record(self):
        return struct.pack("<6IQQII", self.ebx, self.next, self.ecx, self.written, self.eax,
                           self.cf, self.base, self.length, self.type, self.attributes)


def table(entries):
    for number, entry in enumerate(entries):
        if entry.ebx is None:
            entry.ebx = number
    for entry, following in zip(entries, [*entries[1:], None]):
        if entry.next is None:
            entry.next = following.ebx if following else 0
    return b"".join(entry.record() for entry in entries)


@pytest.fixture
def memory(odd, tmp_path):
    """memory(entries) boots on a BIOS whose E820h answers with these."""
    def start(*entries, flags=()):
        (tmp_path / "table.bin").write_bytes(table(entries))
        return odd("E820_TABLE", *flags)
    return start


def low(**more):
    return Entry(0, 576 * KIB, **more)


def high(**more):
    return Entry(MIB, 127 * MIB, **more)


def many(n):
    """n entries of 32 KiB, alternately usable and reserved."""
    return [Entry(64 * MIB + i * 32 * KIB, 32 * KIB, RESERVED if i % 2 else USABLE)
            for i in range(n)]


def assert_map(pc, text):
    assert_boots(pc)
    assert f"Memory map: {text}" in pc.serial


@pytest.mark.parametrize("flags, text", [
    pytest.param(["NO_E820"], "3 ranges from E801h, 130496 KiB usable, low memory up to 0x90000",
                 id="E801h"),
    pytest.param(["NO_E820", "NO_E801"], "2 ranges from 88h, 65088 KiB usable", id="88h"),
])
def test_older_memory_calls(odd, flags, text):
    assert_map(odd(*flags), text)


def test_no_memory_call_at_all(odd):
    assert_names(odd("NO_E820", "NO_E801", "NO_88"), "NO_MEMORY_MAP")


@pytest.mark.parametrize("entries, ranges", [
    pytest.param([low(), high()], 2, id="plain"),
    pytest.param([low(ecx=20, attributes=0), high(ecx=20, attributes=0)], 2,
                 id="20 bytes said, 24 written"),
    pytest.param([low(ecx=20, written=20), high(ecx=20, written=20)], 2, id="20 bytes"),
    pytest.param([low(attributes=0), high(attributes=0)], 2, id="all disabled"),
    pytest.param([low(), high(), Entry(64 * MIB, 16 * MIB, RESERVED, attributes=0)], 2,
                 id="one disabled"),
    pytest.param([low(), high(ebx=7), Entry(0xFFFC0000, 0x40000, RESERVED, ebx=0xDEADBEEF)], 3,
                 id="EBX skips"),
    pytest.param([low(), high(next=99)], 2, id="CF after the last"),
    pytest.param([high(), low()], 2, id="unsorted"),
    pytest.param([low(), high(), Entry(0, 0), Entry(5 * MIB, 0, RESERVED)], 2, id="zero length"),
    pytest.param([low(), high(), Entry(2**64 - MIB, 2 * MIB)], 3, id="wraps around"),
    pytest.param([low(), high(), Entry(0, 0, next=2)], 2, id="endless empty entries"),
    pytest.param([low(), high(next=1)], 2, id="the last entry for ever"),
    pytest.param([low(), high(next=0xFEED), low(ebx=0xFEED, next=1)], 2, id="a ring of entries"),
    pytest.param([low(), high(), high()], 2, id="the same twice"),
    pytest.param([low(attributes=0), high(attributes=0), Entry(0xFFFC0000, 0x40000, RESERVED)], 3,
                 id="all RAM disabled"),
])
def test_e820_with(memory, entries, ranges):
    assert_map(memory(*entries), f"{ranges} ranges from E820h, 130624 KiB usable, "
                                 "low memory up to 0x90000.")


@pytest.mark.parametrize("entries, usable", [
    pytest.param([low(), high(), Entry(32 * MIB, 32 * MIB, RESERVED)], 98304, id="reserved inside"),
    pytest.param([low(), high(), Entry(32 * MIB, 32 * MIB, 2954887168)], 98304, id="unknown type"),
    pytest.param([low(), Entry(MIB, 90 * MIB), Entry(64 * MIB, 64 * MIB)], 131072, id="overlap"),
    pytest.param([low(), high(), *many(400)], 124672, id="400 entries"),
    pytest.param([low(), high(), *many(498)], 123104, id="500 entries"),
])
def test_e820_overlaps(memory, entries, usable):
    assert_map(memory(*entries), f"{len(entries)} ranges from E820h, {usable - 448} KiB usable")


@pytest.mark.parametrize("entries", [
    pytest.param([low(), high(), *many(700)], id="more entries than there is room for"),
    pytest.param([low(), high(), *many(600)], id="more ranges than there is room for"),
    pytest.param([Entry(0, MIB, RESERVED), Entry(MIB, MIB, RESERVED)], id="no RAM"),
])
def test_older_call_is_asked_after_an_e820_with(memory, entries):
    assert_map(memory(*entries), "3 ranges from E801h, 130496 KiB usable")


@pytest.mark.parametrize("n", [600, 700])
def test_e820_with_more_than_there_is_room_for_is_named_if_no_other_call_answers(memory, n):
    pc = memory(low(), high(), *many(n), flags=["NO_E801", "NO_88"])
    assert_names(pc, "MEMORY_MAP_FULL")


@pytest.mark.parametrize("kib", [0, 640, 1000])
def test_e801_counts_low_memory_sanely_whatever_int_12h_says(odd, kib):
    """Nothing usable is claimed from A0000h to 1 MiB."""
    pc = odd("NO_E820", INT12_KIB=kib)
    assert_map(pc, "3 ranges from E801h, 130559 KiB usable, low memory up to 0x9fc00.")


def test_e820_that_loses_its_way_is_not_believed(memory):
    pc = memory(low(), high(), Entry(0, MIB, RESERVED, eax=0))
    assert_map(pc, "3 ranges from E801h")


def test_e820_of_endless_empty_entries_is_not_believed(memory):
    pc = memory(Entry(0, 0, next=1), Entry(0, 0, next=1))
    assert_map(pc, "3 ranges from E801h")


@pytest.mark.parametrize("kib", [64, 128, 200, 255])
def test_too_little_low_memory_is_named(odd, kib):
    assert_names(odd(INT12_KIB=kib), "LOW_MEMORY", f"{kib} KiB free")


def test_low_memory_ends_where_the_map_says(memory):
    pc = memory(low(), Entry(512 * KIB, 64 * KIB, RESERVED), high())
    assert_map(pc, "3 ranges from E820h, 130560 KiB usable, low memory up to 0x80000.")


def test_low_memory_ends_where_the_map_says_if_page_0_is_reserved(memory):
    pc = memory(Entry(0, 4 * KIB, RESERVED), Entry(4 * KIB, 508 * KIB),
                Entry(512 * KIB, 64 * KIB, RESERVED), high())
    assert_map(pc, "4 ranges from E820h, 130556 KiB usable, low memory up to 0x80000.")


def test_low_memory_that_the_map_reserves_is_named(memory):
    pc = memory(Entry(0, 128 * KIB), Entry(128 * KIB, 448 * KIB, RESERVED), high())
    assert_names(pc, "LOW_MEMORY", "128 KiB free")


# ---- a second opinion ------------------------------------------------------------------

@pytest.mark.parametrize("flags", [
    ["POISON_RANDOM", "ENTRY_JUNK", "A20_OFF", "INT13_CLOSES_A20", "INT13_GDTR"],
    ["INT13_JUNK", "INT10_JUNK", "NO_EDD", "A20_LIES", "A20_OFF"],
], ids=["memory, registers, A20 and GDTR", "junk, no EDD, A20"])
def test_boots_in_bochs_with(tmp_path, flags):
    (tmp_path / "pc").mkdir()
    with Bochs(odd_disk(tmp_path, *flags), tmp_path / "pc") as pc:
        pc.wait_for_text(PROMPT)
