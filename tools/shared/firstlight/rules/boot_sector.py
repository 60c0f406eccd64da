"""Rules about boot sectors: what they read, where it went, and where the code ended."""

import re

from firstlight import real_mode, trail
from firstlight.case import SECTOR, Finding, original_bytes
from firstlight.headers import constants

START = constants()["MBR_ADDRESS"]
FLOPPY_STATUS, DISK_STATUS = 0x441, 0x474
STATUS = {0x01: "invalid parameter", 0x02: "address mark not found", 0x03: "write-protected",
          0x04: "sector not found", 0x06: "disk changed", 0x09: "the transfer crosses a 64 KiB boundary",
          0x0c: "no such medium", 0x20: "controller failed", 0x40: "seek failed",
          0x80: "the drive does not answer", 0xaa: "not ready"}
SERVICES = (0x10, 0x13, 0x15, 0x16)
LOW_END = 0xa0000
SKIP, MARK = 8, 64          # bytes by which a sector is recognised; what runs astray hits the first ones
TEXT = rb"[\x20-\x7e\r\n\t]{4}"
SECTOR_BITS = 0x3f


def _is_foreign(case):
    """A boot that is not ours, or that our loader has not handed on."""
    return bool(case.trail) and case.kernel is None


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


def code_overwritten(case):
    """Code that ran is not what it was: the stack, a read or a store went over it."""
    if not _is_foreign(case) or case.is_alive and not case.away and not START <= case.cpu.pc < START + SECTOR:
        return None
    if _is_chain_loaded(case):
        return None
    if case.away and _too_few_sectors(case, case.away):
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
        lba = _lba(case, read)
        if read.address is None or not lba or read.function != 2 or not read.count \
                or not read.address <= block.start < read.address + read.count * SECTOR:
            continue
        offset = block.start - read.address
        there = b"".join(case.sector(lba + i) for i in range(read.count))[offset:offset + len(block.raw)]
        memory = case.read_physical(read.address, 16)
        was_read = memory[SKIP:] == case.sector(lba)[SKIP:16] or any(
            other.raw == case.sector(lba)[other.start - read.address:][:len(other.raw)]
            for other in case.trail if read.address <= other.start < read.address + SECTOR)
        if was_read and there.strip(b"\0") and there != block.raw[:len(there)]:
            return True
    return False


def _lba(case, read):
    """The first sector of a read on the first track; None if it is not known."""
    if read.sector is None or (read.cylinder, read.head) != (0, 0):
        return None
    return (read.sector & SECTOR_BITS) - 1


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
    return Finding(f"The code at {at:X}h was overwritten, it is not what the BIOS loaded there: {change}. Something was read or copied over "
                   "the running loader (the boot sector).",
                   "check where the kernel is loaded and how long it is: it must not overlap "
                   "7C00h-7DFFh.")


def _status(case, drive):
    at = FLOPPY_STATUS if drive is not None and drive < 0x80 else DISK_STATUS
    memory = case.read_physical(at, 1)
    return memory[0] if memory else 0


def _has_left_the_sector(case):
    """Code outside the boot sector ran, and it was code."""
    away = case.away
    for block in case.trail:
        if away and block.holds(away.at):
            return False
        if not START <= block.start < START + SECTOR:
            return True
    return False


def read_failed(case):
    """INT 13h reported an error, and nothing that it should have brought ran."""
    if not _is_foreign(case) or case.cpu.has("cr0", "PE") and case.is_alive or _has_left_the_sector(case):
        return None
    asked = real_mode.reads(case.trail)
    if not asked:
        return None
    last = asked[-1]
    status = _status(case, last.drive)
    if not status:
        return None
    words = STATUS.get(status, "see the list of INT 13h's status codes")
    unchecked = "" if last.is_checked else ", and the code goes on without checking the carry flag (CF)"
    why, advice = _reason(case, last)
    return Finding(f"The disk read failed{why}: INT 13h returned status {status:02X}h ({words}){unchecked}.", advice
                   + ("" if last.is_checked else " After INT 13h, jc to code that retries and prints a message."))


def _reason(case, read):
    if read.drive is not None and read.drive < 0x80:
        return (f" because it asks drive {read.drive:X}h, a floppy, and the BIOS booted from 80h (DL)",
                "keep the DL that the BIOS passes instead of a fixed drive number.")
    if read.function == 0x42:
        return "", ("check the packet at DS:SI (10h, 0, count, offset, segment, LBA) and that the image is long "
                    "enough.")
    if read.sector is not None and read.sector & SECTOR_BITS == 0:
        return " because it asks for sector 0", "sectors count from 1: CL = 2 is the one after the boot sector."
    if read.count == 0:
        return " because it asks for 0 sectors", "put the number of sectors into AL."
    return "", ("check AL (count), CH, CL, DH (cylinder, sector from 1, head), DL (the BIOS's drive) and that the image "
                "is long enough.")


def reads_itself(case):
    """Sector 1 of cylinder 0, head 0: the boot sector, where stage 2 was expected."""
    if not _is_foreign(case) or not any(not START <= block.start < START + SECTOR for block in case.trail):
        return None
    for read in real_mode.reads(case.trail):
        where = read.address
        if read.function != 2 or (read.cylinder, read.head) != (0, 0) or read.sector is None \
                or read.sector & SECTOR_BITS != 1 or where is None:
            continue
        if any(where == block.start and block.raw[:8] == case.trail[0].raw[:8] for block in case.trail):
            return Finding(f"What was read to {where:X}h is the boot sector itself: CL = 1 is the first sector of the disk.",
                           "stage 2 is in sector 2 (CL = 2), right after the boot sector.")
    return None


def _low_memory(case):
    return case.read_physical(0, LOW_END)


def nothing_loaded(case):
    """The CPU went where a later part of the image should be, and is not."""
    away = case.away
    if not _is_foreign(case) or not away or away.at >= LOW_END or away.kind == "vectors" and away.at < 0x500 and away.at:
        return None
    return (_too_few_sectors(case, away) or _at_another_address(case, away) or _past_the_sector(case, away)
            or _never_read(case, away))


def _past_the_sector(case, away):
    offset = away.at - START
    lba = offset // SECTOR
    if not SECTOR <= offset < 64 * SECTOR or real_mode.reads(case.trail) and _loaded(case):
        return None
    if not case.sector(lba)[offset % SECTOR:].strip(b"\0") and away.fell_from:
        return None
    return Finding(f"The code went on to {away.at:X}h, beyond the first sector (past the 512th byte): the BIOS loads one "
                   "sector only, and the rest was never read.",
                   "read the sectors after the first one with INT 13h before anything in them is used, or make the code fit "
                   "into 512 bytes.")


def _loaded(case):
    """Where the image's second sector is in memory; None if it is not there."""
    second = case.sector(1)
    if not second.strip(b"\0"):
        return None
    low, at = _low_memory(case), -1
    mark = second[SKIP:MARK] if second[SKIP:MARK].strip(b"\0\x90") else second[SKIP:]
    at = low.find(mark) if mark.strip(b"\0\x90") else -1
    return at - SKIP if at >= SKIP else None


def _too_few_sectors(case, away):
    """The run of sectors in memory ends before the place where the CPU went."""
    start = next((read.address for read in reversed(real_mode.reads(case.trail)) if read.address), _loaded(case))
    if start is None or not start <= away.at < start + 256 * SECTOR:
        return None
    low, count = _low_memory(case), 0
    while case.sector(1 + count).strip(b"\0") and low[start + count * SECTOR:][SKIP:MARK] == case.sector(1 + count)[SKIP:MARK]:
        count += 1
    lba = 1 + (away.at - start) // SECTOR
    if not count or away.at < start + count * SECTOR or not case.sector(lba).strip(b"\0"):
        return None
    return Finding(f"The loader read only {count} sector{'s' * (count > 1)} to {start:X}h; the code went on to {away.at:X}h, "
                   f"and that part of the image (sector {lba}) was never read.",
                   "raise the count in AL (or the packet) to what stage 2 has now; better, let the build compute it.")


def _at_another_address(case, away):
    start = next((read.address for read in reversed(real_mode.reads(case.trail)) if read.address), _loaded(case))
    if start is None or away.fell_from or start <= away.at < start + 64 * SECTOR or START <= start < START + SECTOR:
        return None
    return Finding(f"What INT 13h read lies at {start:X}h in memory, and the code jumps to {away.at:X}h, where nothing "
                   "was loaded.",
                   "ES:BX (segment x 16 + offset) must be the address that is jumped to; check ES, BX and the "
                   "jump's segment.")


def _never_read(case, away):
    if away.fell_from or START <= away.at < START + SECTOR or away.kind not in ("zeros", "FFh"):
        return None
    asked = real_mode.reads(case.trail)
    if asked:
        return Finding(f"The code jumps to {away.at:X}h, where nothing was loaded: what INT 13h read went somewhere else, or "
                       "is empty.", "compare the address in ES:BX (or the packet) and the sector's number with the jump "
                       "and with the image.")
    return Finding(f"The code jumps to {away.at:X}h, where nothing was loaded: no sector was read before.",
                   "read the kernel or stage 2 with INT 13h first, and check the jump's address.")


def no_org(case):
    """A string in the sector is addressed as if the sector were at another offset."""
    if not _is_foreign(case):
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
        if START + 4 <= offset < START + SECTOR - 2 and ds \
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
    if not away or not _is_foreign(case) or away.fell_from is None:
        return None
    last = away.fell_from
    if last.raw[:1] == b"\xf4":
        return Finding(f"The code ends with HLT at {last.address:X}h, and HLT ends at the next interrupt: the CPU went on "
                       f"into what follows ({away.kind}).",
                       "after HLT, jmp back to it; or CLI before it, so that no interrupt ends it.")
    return Finding(f"The code has no end: the CPU ran on past its last instruction at {last.address:X}h ({last.text}) into "
                   f"{away.kind}.",
                   "end the code with an endless loop: .halt: HLT, then jmp .halt (or jmp $).")
