"""An INT 13h call that is about to be made: EDD's disk address packet, or CHS in registers.

EDD-3 (T13 1572D), table 1; Ralf Brown's list for 02h.
"""

import struct

from firstlight.headers import constants

PACKET = struct.Struct("<BBHHHQ")       # size, 0, sectors, offset, segment, LBA
FUNCTIONS = {
    0x00: "reset the drive", 0x02: "read sectors by cylinder, head and sector",
    0x03: "write sectors by cylinder, head and sector", 0x08: "get the geometry",
    0x15: "get the type of drive", 0x41: "check for EDD",
    0x42: "read sectors by a packet (EDD)", 0x43: "write sectors by a packet (EDD)",
    0x48: "get the drive's parameters (EDD)", 0x4b: "get the emulation status (El Torito)",
}


def packet_lines(memory, at):
    """A packet of 16 bytes in words, and what is wrong with it."""
    size, reserved, sectors, offset, segment, lba = PACKET.unpack_from(memory)
    linear = segment * 16 + offset
    length = sectors * constants()["SECTOR_SIZE"]
    lines = [
        f"Disk address packet at {at:X}h: {bytes(memory[:16]).hex(' ')}",
        f"  size      {size}",
        f"  sectors   {sectors} ({length} bytes)",
        f"  buffer    {segment:04X}:{offset:04X} = linear {linear:X}h to "
        f"{linear + max(length, 1) - 1:X}h",
        f"  LBA       {lba} = {lba:X}h",
    ]
    return lines + ["  Wrong: " + complaint for complaint in complaints(
        size, reserved, sectors, linear, offset)]


def complaints(size, reserved, sectors, linear, offset):
    length = sectors * constants()["SECTOR_SIZE"]
    found = []
    if size < 16:
        found.append(f"the size must be at least 16, not {size}")
    if reserved:
        found.append(f"the second byte must be 0, not {reserved}")
    if sectors == 0:
        found.append("it requests no sectors")
    if sectors > constants()["BOUNCE_SECTORS"]:
        found.append(f"some BIOSes take no more than {constants()['BOUNCE_SECTORS']} sectors "
                     "per call")
    if offset + length > 0x10000:
        found.append("the transfer exceeds the buffer's segment: the offset wraps at 64 KiB")
    elif linear // 0x10000 != (linear + max(length, 1) - 1) // 0x10000:
        found.append("the buffer crosses a 64 KiB boundary: DMA of old controllers fails there "
                     "(status 09)")
    if linear + length > 0x100000:
        found.append("the buffer reaches beyond 1 MiB")
    return found


def call_lines(cpu, read_linear):
    """What INT 13h would do with the current registers."""
    function, drive = cpu["rax"] >> 8 & 0xff, cpu["rdx"] & 0xff
    lines = [f"INT 13h with AH = {function:02X}h: {FUNCTIONS.get(function, 'unknown function')}, "
             f"drive {drive:02X}h"]
    if function in (0x42, 0x43):
        at = cpu.linear("ds", cpu["rsi"] & 0xffff)
        lines += packet_lines(read_linear(at, 16), at)
    elif function in (0x02, 0x03):
        cx, sectors = cpu["rcx"] & 0xffff, cpu["rax"] & 0xff
        buffer = cpu.linear("es", cpu["rbx"] & 0xffff)
        lines += [f"  cylinder  {cx >> 8 | (cx & 0xc0) << 2}",
                  f"  head      {cpu['rdx'] >> 8 & 0xff}",
                  f"  sector    {cx & 0x3f} (counted from 1)", f"  sectors   {sectors}",
                  f"  buffer    {cpu.segments['es'].selector:04X}:{cpu['rbx'] & 0xffff:04X} = "
                  f"linear {buffer:X}h"]
    return lines
