"""Rules about boot sectors: what was overwritten, where they were assembled for, and where the code ended."""

import itertools
import re

from firstlight import real_mode, trail
from firstlight.case import SECTOR, Finding, original_bytes
from firstlight.headers import constants
from firstlight.rules import disk_reads

START = constants()["MBR_ADDRESS"]
SERVICES = (0x10, 0x13, 0x15, 0x16)
LOW_END = 0xa0000
TEXT = rb"[\x20-\x7e\r\n\t]{4}"
PLACEHOLDER = rb"(?i)[a-z ]*(?:not a? ?bootable|non-?system|not a system) [a-z ]*"


def vectors_overwritten(case):
    if not case.trail:
        return None
    table = case.read_physical(0, 0x400)
    lost = [vector for vector in SERVICES
            if len(table) == 0x400 and int.from_bytes(table[vector * 4 + 2:vector * 4 + 4], "little") < 0xa000]
    called = {one.raw[1] for one in trail.ran(case.trail, rb"\xcd[\x10\x13\x15\x16]")}
    away = case.away
    if case.away and not (case.away.at < 0x500 and case.away.before and case.away.before.raw[:1] == b"\xcd"):
        return None
    if len(lost) < 3 or case.cpu.has("cr0", "PE") or not (called & set(lost) or away or case.cpu.has("rflags", "IF")):
        return None
    return Finding("The BIOS's interrupt vectors (0h to 3FFh) were overwritten: "
                   f"INT {lost[0]:02X}h leads to {int.from_bytes(table[lost[0] * 4 + 2:lost[0] * 4 + 4], 'little'):04X}:"
                   f"{int.from_bytes(table[lost[0] * 4:lost[0] * 4 + 2], 'little'):04X}.",
                   "leave 0h to 4FFh alone while the BIOS is needed (clear memory from 500h on at the lowest), and check "
                   "ES:DI or ES:BX of what was written.")


def placeholder_of_a_file_system(case):
    """A formatting program's boot sector says that there is nothing to boot, and nothing else ever ran."""
    sector = case.sector(0)
    said = re.search(PLACEHOLDER, sector)
    if not case.is_foreign or not case.is_alive or not said or b"FAT" not in (sector[54:57], sector[82:85]) \
            or any(not START <= block.start < START + SECTOR for block in case.trail) or trail.ran(case.trail, rb"\xcd\x13"):
        return None
    text = re.sub(r"\s+", " ", said[0].decode("latin-1"))
    advice = "install a boot loader (SYSLINUX, GRUB), or write an image with a boot sector of its own over the file system."
    uefi = ""
    if _has_directory(case, b"EFI        "):
        uefi = " The directory EFI shows that it is made for UEFI, and a BIOS runs no .EFI program."
        advice = "boot it with UEFI firmware (OVMF in QEMU: -bios), or " + advice
    return Finding("The image is formatted with a FAT file system and has no boot loader: its boot sector is the formatting "
                   f'program\'s placeholder, which only says "{text}".{uefi}', advice)


def _has_directory(case, name):
    """Whether the root directory of a FAT file system has a directory of this name."""
    def field(at, size=2):
        return int.from_bytes(case.sector(0)[at:at + size], "little")
    first = field(14) + field(16, 1) * (field(22) or field(36, 4))      # after the reserved sectors and the FATs
    count = field(17) * 32 // SECTOR or field(13, 1)                    # on FAT32 it is a cluster, usually the first
    root = b"".join(case.sector(first + i) for i in range(count))
    return any(root[at:at + 11] == name and root[at + 11] & 0x10 for at in range(0, len(root) - 31, 32))


def vector_leads_nowhere(case):
    """A tick or another interrupt went through a vector that the program set, to a place without code."""
    away = case.away
    if not away or not case.is_foreign or away.fell_from or case.cpu.has("cr0", "PE"):
        return None
    table = case.read_physical(0, 0x400)
    for vector in range(len(table) // 4):
        offset, segment = (int.from_bytes(table[vector * 4 + at:vector * 4 + at + 2], "little") for at in (0, 2))
        if segment * 16 + offset != away.at or segment >= LOW_END >> 4 or not table[vector * 4:vector * 4 + 4].strip(b"\0"):
            continue
        swapped = START <= offset * 16 + segment < START + SECTOR
        return Finding(f"The interrupt vector {vector:02X}h (at {vector * 4:X}h) holds {segment:04X}:{offset:04X}, where no code is"
                       + (f": segment and offset are swapped, {offset:04X}:{segment:04X} is inside the boot sector." if swapped
                          else ", and the interrupt went there."),
                       f"a vector holds the offset first (the word at {vector * 4:X}h), then the segment (at {vector * 4 + 2:X}h).")
    return None


# CALL near and far, PUSH of all kinds and PUSHF: what puts something on the stack
PUSHES = (rb"\x66?[\xe8\x9a\x68\x6a\x9c\x60\x06\x0e\x16\x1e\x50-\x57]", rb"\x66?\x0f[\xa0\xa8]",
          rb"\x66?\xff[\x10-\x1f\x30-\x37\x50-\x5f\x70-\x77\x90-\x9f\xb0-\xb7\xd0-\xdf\xf0-\xf7]")


def empty_stack(case):
    """RET took the word above the place where the stack begins: nothing had been pushed."""
    away = case.away
    if not away or not case.is_foreign or away.fell_from or not away.before or away.before.raw != b"\xc3" \
            or case.cpu.mode != "real16":
        return None
    advice = "reach a routine that ends with RET by CALL instead of JMP, and pop no more than was pushed."
    ret = f"RET at {case.name(away.before.address)}"
    before = itertools.takewhile(lambda block: not block.holds(away.at), case.trail)
    if not trail.ran(before, *PUSHES):
        return Finding(f"{ret} has no return address: no CALL and no PUSH had run, so it took what lay above the empty stack, and "
                       f"the CPU went to {away.at:X}h.", advice)
    tops = [int.from_bytes(one.raw[1:], "little") for one in trail.ran(case.trail, rb"\xbc..$")]
    base = case.cpu.segments["ss"].base
    top = next((base + top for top in tops if away.at == _word_at(case, base + top)), None)
    if top is None or not away.at:              # a 0 may have been pushed
        return None
    what = "the boot sector's own first bytes" if top == START else f"the word at {top:X}h"
    return Finding(f"{ret} returned with an empty stack: SP was again where it had been set, so that RET took {what} as its "
                   f"return address and went to {away.at:X}h.", advice)


def _word_at(case, at):
    """The word that was there before anything was pushed over it, if that is known."""
    return int.from_bytes((original_bytes(case.sector, at) or case.read_physical(at, 2))[:2], "little")


def code_overwritten(case):
    """Code that ran is not what it was: the stack, a read or a store went over it."""
    if not case.is_foreign or case.is_alive and not case.away and not START <= case.cpu.pc < START + SECTOR:
        return None
    if _is_chain_loaded(case):
        return None
    if case.away and disk_reads.too_few_sectors(case, case.away):
        return None                             # what ran after that may have written anywhere
    for block in case.trail:
        if not START <= block.start < START + SECTOR:
            if _stage2_was_overwritten(case, block):
                return _overwritten_by(case, block.start)
            continue
        ran = block.raw[:START + SECTOR - block.start]
        if original_bytes(case.sector, block.start, len(ran)) != ran:
            return _overwritten_by(case, block.start)       # it ran after it was overwritten
        now = case.read_physical(block.start, len(ran))
        if not case.away and now and len(ran) >= 4 and _differs_much(now, ran):
            return _overwritten_by(case, block.start)
    return None


def _stage2_was_overwritten(case, block):
    """Code that was read from known sectors to a known address ran, and is not what the image has."""
    for read in real_mode.reads(case.trail):
        lba = disk_reads.lba_of(read)
        if read.address is None or not lba or read.function != 2 or not read.count \
                or not read.address <= block.start < read.address + read.count * SECTOR:
            continue
        offset = block.start - read.address
        there = b"".join(case.sector(lba + i) for i in range(read.count))[offset:offset + len(block.raw)]
        memory = case.read_physical(read.address, 16)
        was_read = memory[disk_reads.SKIP:] == case.sector(lba)[disk_reads.SKIP:16] or any(
            other.raw == case.sector(lba)[other.start - read.address:][:len(other.raw)]
            for other in case.trail if read.address <= other.start < read.address + SECTOR)
        if was_read and there.strip(b"\0") and there != block.raw[:len(there)]:
            return True
    return False


def _is_chain_loaded(case):
    """A partition's boot sector lies at 7C00h now: the usual way of loaders."""
    now, table = case.read_physical(START, SECTOR), constants()["MBR_TABLE_OFFSET"]
    firsts = [int.from_bytes(case.sector(0)[table + 16 * i + 8:][:4], "little") for i in range(4)]
    return any(first and now[0x60:0xa0] == case.sector(first)[0x60:0xa0] != b"" for first in firsts)


def _differs_much(now, then):
    return sum(a != b for a, b in zip(now, then)) >= 4


def _overwritten_by(case, at):
    now, then = case.read_physical(at, 8), original_bytes(case.sector, at)
    change = f"{then.hex(' ') + ' became ' if then else ''}{now.hex(' ')}"
    tops = [int.from_bytes(one.raw[1:], "little") for one in trail.ran(case.trail, rb"\x66?\xbc(..|....)$")
            if one.raw[:1] == b"\xbc"] + [case.cpu.stack]
    if any(at < top <= at + SECTOR + 64 for top in tops):
        return Finding(f"The stack overwrote code: SP was set to an address inside or right above the code, and "
                       f"what was pushed went over the instructions at {at:X}h ({change}).",
                       "put the stack where nothing else is: SS = 0 and SP = 7C00h grows down, away from the code.")
    what = "boot sector" if START <= at < START + SECTOR else "code"
    return Finding(f"The {what} was overwritten while it ran: at {at:X}h {change}. Something was read or copied over the "
                   "running loader.",
                   "check where the kernel is loaded and how long it is: it must not overlap "
                   "7C00h-7DFFh.")


# MOV, CMP, TEST or MOVZX of a byte in memory that BX points to: its ModRM is [BX], [BX+SI] or [BX+DI], and so on
BX_IN_MODRM = bytes(mod << 6 | reg << 3 | rm for mod in range(3) for reg in range(8) for rm in (0, 1, 7))
THROUGH_BX = rb"(?:\x8a|\x80|\x38|\x3a|\x84|\xf6|\x0f\xb6)[" + re.escape(BX_IN_MODRM) + b"]"


def no_org(case):
    """A string in the sector is addressed as if the sector were at another offset."""
    if not case.is_foreign:
        return None
    ds = real_mode.segments_at_the_end([b for b in case.trail if START <= b.start < START + SECTOR])[real_mode.DS]
    if case.cpu.mode == "real16" and START <= case.cpu.pc < START + SECTOR:
        ds = case.cpu.segments["ds"].selector
    if ds is None:
        return None
    if not ds and (found := _offset_of_code(case)):
        return found
    sector = case.sector(0)
    for one in trail.ran(case.trail, rb"[\xbb\xbd\xbe]..$"):
        if not START <= one.address < START + SECTOR or case.cpu.has("cr0", "PE") and not case.trail:
            continue
        if one.raw[:1] == b"\xbb" and not trail.ran(case.trail, THROUGH_BX):      # a colour, for INT 10h
            continue
        offset = int.from_bytes(one.raw[1:], "little")
        if ds * 16 + offset in range(START, START + SECTOR):
            continue
        if 4 <= offset < SECTOR - 2 and re.match(TEXT, sector[offset:]) and _is_start(sector, offset):
            text = re.match(rb"[\x20-\x7e]*", sector[offset:])[0][:24].decode()
            if ds:
                continue
            far = any(one.raw[:1] == b"\xea" and one.raw[3:5] == b"\xc0\x07" for b in case.trail for one in b.instructions)
            if far:
                return Finding(f'DS was never set: it is 0, and the string "{text}" is read at {offset:X}h instead of '
                               f"{START + offset:X}h (CS is 07C0h).",
                               "mov ax, 0x7c0 and mov ds, ax (DS = 07C0h) at the start, as the offsets count from 0.")
            return Finding(f'The string "{text}" is read at {offset:X}h instead of {START + offset:X}h: the code was '
                           "assembled without org 7C00h, and DS is 0.",
                           "write org 0x7c00 at the top (and DS = 0), or set DS to 07C0h.")
        if START <= offset < START + SECTOR - 2 and ds \
                and re.match(TEXT, sector[offset - START:]) and _is_start(sector, offset - START):
            return Finding(f"DS is {ds:04X}h and the offsets begin at 7C00h (org 7C00h): the string at {offset:X}h is read at "
                           f"{ds * 16 + offset:X}h.",
                           "with org 0x7c00, DS must be 0; with DS = 07C0h, org must be 0.")
    return None


def _offset_of_code(case):
    """LGDT or a far jump with an address that would be right if the sector lay at 0."""
    for one in trail.ran(case.trail, rb"\x66?\x0f\x01\x16..$", rb"\x66?\xea"):
        if not START <= one.address < START + SECTOR:
            continue
        code = one.raw.lstrip(b"\x66")
        offset = int.from_bytes(code[3:5] if code[0] == 0x0f else code[1:3], "little")
        what = "LGDT reads GDTR's value from" if code[0] == 0x0f else "the far jump goes to"
        if 4 <= offset < SECTOR and (code[0] == 0x0f or code[-2:] in (b"\0\0", b"\x08\0", b"\x10\0", b"\x18\0")):
            return Finding(f"The code was assembled without org 7C00h: {what} {offset:X}h instead of {START + offset:X}h.",
                           "write org 0x7c00 at the top (and DS = 0).")
    return None


def _is_start(sector, offset):
    """A string starts here: the byte before is not of the same text."""
    return offset == 0 or not 32 <= sector[offset - 1] < 127 or b"\0" == sector[offset - 1:offset]


def end_missing(case):
    """The code has no end: after its last instruction the CPU went on."""
    away = case.away
    if not away or not case.is_foreign or away.fell_from is None:
        return None
    last = away.fell_from
    if last.raw[:1] == b"\xf4":
        return Finding(f"The code ends with HLT at {last.address:X}h, and HLT ends at the next interrupt: the CPU went on "
                       f"into what follows ({away.kind}).",
                       "after HLT, jmp back to it; or CLI before it, so that no interrupt ends it.")
    if last.raw[:1] in (b"\xe8", b"\x9a"):
        return Finding(f"What the CALL at {last.address:X}h called has returned, and no code follows the CALL: the CPU ran on into "
                       f"what lies there ({away.kind}).",
                       "put an endless loop after the CALL: .halt: HLT, then jmp .halt.")
    return Finding(f"The code has no end: the CPU ran on past its last instruction at {last.address:X}h ({last.text}) into "
                   f"{away.kind}.",
                   "end the code with an endless loop: .halt: HLT, then jmp .halt (or jmp $).")
