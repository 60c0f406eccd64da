"""Rules about what a boot sector reads with INT 13h: whether it came, where it went, and whether it was all."""

from firstlight import real_mode, trail
from firstlight.case import SECTOR, Finding
from firstlight.headers import constants
from firstlight.operand import STORES, decode

START = constants()["MBR_ADDRESS"]
FLOPPY_STATUS, DISK_STATUS = 0x441, 0x474
STATUS = {0x01: "invalid parameter", 0x02: "address mark not found", 0x03: "write-protected",
          0x04: "sector not found", 0x06: "disk changed", 0x09: "the transfer crosses a 64 KiB boundary",
          0x0c: "no such medium", 0x20: "controller failed", 0x40: "seek failed",
          0x80: "the drive does not answer", 0xaa: "not ready"}
LOW_END = 0xa0000
SKIP, MARK = 8, 64          # bytes by which a sector is recognised; what runs astray hits the first ones
LATER = 4096                # sectors of the image in which what is missing is looked for
PACKET, FRAME = 16, 6       # bytes of EDD's packet, and of what INT pushes in real mode
WRAPPED = 32                # sectors at the start of what was loaded that are compared
CLEARS = rb"\xf3\x48?[\xaa\xab]"               # REP STOS
SECTOR_BITS = 0x3f          # of CL: the others are the cylinder's


def lba_of(read):
    """The first sector of a read on the first track; None if it is not known."""
    if read.sector is None or (read.cylinder, read.head) != (0, 0):
        return None
    return (read.sector & SECTOR_BITS) - 1


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
    if not case.is_foreign or case.cpu.has("cr0", "PE") and case.is_alive or _has_left_the_sector(case):
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


def packet_below_the_stack(case):
    """EDD's packet lies where INT pushes FLAGS, CS and IP: it was on the stack, and SP is above it again."""
    if not case.is_foreign or case.cpu.has("cr0", "PE") or not _status(case, None):
        return None
    for read in real_mode.reads(case.trail):
        if read.function == 0x42 and read.packet is not None and read.stack is not None \
                and read.packet < read.stack and read.packet + PACKET > read.stack - FRAME:
            return Finding(f"The disk address packet of INT 13h (AH=42h) lies at {read.packet:X}h, below the stack's top "
                           f"({read.stack:X}h): INT pushes FLAGS, CS and IP over it, and the BIOS reads what they left.",
                           "release the packet after INT 13h: SP must be at the packet or below it until the BIOS has returned.")
    return None


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
    if not case.is_foreign or not any(not START <= block.start < START + SECTOR for block in case.trail):
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
    if not case.is_foreign or not away or away.at >= LOW_END or away.kind == "vectors" and away.at < 0x500 and away.at:
        return None
    return (read_only_zeros(case, away) or too_few_sectors(case, away) or part_never_read(case)
            or _at_another_address(case, away) or _past_the_sector(case, away) or _never_read(case, away))


def _covers(read, address):
    """Whether a read whose constants are known puts a sector to this address."""
    return read.address is not None and bool(read.count) and read.address <= address < read.address + read.count * SECTOR


def read_only_zeros(case, away):
    """INT 13h read the sectors that the code jumps to, and they are blank in the image."""
    read = next((read for read in real_mode.reads(case.trail) if read.function == 2 and _covers(read, away.at)), None)
    lba = lba_of(read) if read else None
    if not lba or away.kind != "zeros" or case.sector(lba + (away.at - read.address) // SECTOR).strip(b"\0"):
        return None
    later = next((other for other in range(lba, lba + LATER) if case.sector(other).strip(b"\0")), None)
    where = f"; the first sector after it that is not blank is {later} (counted from 0)" if later else ""
    return Finding(f"What INT 13h read to {read.address:X}h is empty: sector {lba} of the image holds only zeros, and the code "
                   f"jumps there{where}. What belongs there is missing in the image, or lies elsewhere in it.",
                   "look at the command that puts stage 2 into the image: dd's seek= counts blocks (seek=1 with the usual "
                   "512 bytes), and conv=notrunc keeps the rest.")


def wrapped_at_64_kib(case):
    """A loop of reads went on adding to BX: after 64 KiB the sectors went over the first ones."""
    if not case.is_foreign:
        return None
    first = next((read for read in real_mode.reads(case.trail) if read.address is not None), None)
    if first is None:
        return None
    lba, base = lba_of(first) or 1, first.segment * 16
    count, memory = (0x10000 - first.offset) // SECTOR, case.read_physical(base, WRAPPED * SECTOR)
    for number in range(WRAPPED):
        late, early = case.sector(lba + count + number), case.sector(lba + number - first.offset // SECTOR)
        now = memory[number * SECTOR:(number + 1) * SECTOR]
        if late.strip(b"\0") and late != early and now[SKIP:] == late[SKIP:]:
            return Finding(f"The reads wrapped around at 64 KiB: BX counts only to FFFFh, so sector {lba + count + number} went to "
                           f"{base + number * SECTOR:X}h, over the beginning of what was loaded.",
                           "raise ES instead of BX: by 20h for each sector (or by 1000h when BX becomes 0).")
    return None


def _past_the_sector(case, away):
    offset = away.at - START
    lba = offset // SECTOR
    reads = real_mode.reads(case.trail)
    if not SECTOR <= offset < 64 * SECTOR or reads and (_loaded(case) or any(_covers(read, away.at) for read in reads)):
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


def too_few_sectors(case, away):
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


def part_never_read(case):
    """Code that was loaded uses an address in its own rest, which one read with a fixed count left in the image."""
    if not case.is_foreign or case.is_alive and not case.away:
        return None
    asked = [read for read in real_mode.reads(case.trail) if read.function == 2 and read.address and read.count and lba_of(read)]
    if len(asked) != 1:
        return None
    read, lba = asked[0], lba_of(asked[0])
    end = read.address + read.count * SECTOR
    if not any(read.address <= block.start < end for block in case.trail) \
            or not case.sector(lba + read.count).strip(b"\0") or case.read_physical(end, SECTOR).strip(b"\0"):
        return None
    missing = next(i for i in range(LATER) if not case.sector(lba + read.count + i).strip(b"\0"))
    if trail.ran(case.trail, CLEARS):
        return None                             # it may be .bss, and what follows in the image another file
    for one in (one for block in case.trail if read.address <= block.start < end for one in block.instructions):
        if decode(one.raw, case.cpu.mode).opcode in STORES:
            continue
        words = (int.from_bytes(one.raw[at:at + 4], "little") for at in range(1, len(one.raw) - 3))
        used = next((word for word in words if end <= word < end + missing * SECTOR), None)
        if used is not None:
            return Finding(f"The loader reads only {read.count} sectors to {read.address:X}h, and what was loaded is longer: the "
                           f"code at {one.address:X}h uses {used:X}h, in the {missing} sectors after them, which were never read.",
                           "raise the count in AL (or the packet) to what the kernel has now; better, let the build compute it.")
    return None


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
