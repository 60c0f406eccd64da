"""screen, disk, dap: what the guest shows, and what it reads."""

import sys

import gdb

from debugger import dap as packets
from debugger import disk as sectors
from debugger import machine
from debugger.command import command, number, say
from firstlight import screen
from firstlight.headers import constants

CRTC_INDEX, CRTC_DATA, CRTC_START_HIGH, CRTC_START_LOW = 0x3d4, 0x3d5, 0x0c, 0x0d


def _first_cell():
    """The CRTC's start address: scrolling may have moved the screen's first row."""
    index = machine.read_port(CRTC_INDEX)
    start = 0
    for register in (CRTC_START_HIGH, CRTC_START_LOW):
        machine.write_port(CRTC_INDEX, register)
        start = start << 8 | machine.read_port(CRTC_DATA)
    machine.write_port(CRTC_INDEX, index)
    return start


@command("screen")
def show_screen(words):
    """Shows the guest's text screen.

    screen          with its colours, if this is a terminal
    screen plain    without
    screen colours  lists the colours"""
    numbers = constants()
    size = 2 * numbers["VGA_ROWS"] * numbers["VGA_COLUMNS"]
    memory = machine.read_physical(numbers["VGA_TEXT_ADDRESS"] + 2 * _first_cell(), size)
    kind = words[0] if words else ""
    if kind.startswith("colo"):
        say(screen.colour_legend(memory) or ["The screen is blank."])
        return
    say(screen.framed(memory, sys.stdout.isatty() and kind != "plain"))


@command("disk")
def show_disk(words):
    """Shows a sector of the disk, what it is and its bytes: disk LBA.

    Reads the image file, which does not include what the guest wrote in this session."""
    if len(words) != 1:
        raise gdb.GdbError("disk takes a sector's number: disk 0.")
    lba, size, path = number(words[0]), constants()["SECTOR_SIZE"], machine.image()
    with open(path, "rb") as file:
        file.seek(constants()["STAGE2_LBA"] * size + constants()["STAGE2_HEADER_SECTORS"])
        stage2_sectors = int.from_bytes(file.read(4), "little")
        file.seek(lba * size)
        sector = file.read(size)
    if len(sector) < size:
        raise gdb.GdbError(f"LBA {lba} is past the end of {path}.")
    say([f"LBA {lba} of {path}", *sectors.describe(lba, sector, stage2_sectors),
         *sectors.hexdump(sector)])


@command("dap", gdb.COMPLETE_EXPRESSION)
def show_dap(words):
    """Shows the disk call that INT 13h would make now, and what is wrong with it.

    dap         the registers, and with AH = 42h or 43h the disk address packet at DS:SI
    dap ADDR    the packet at a linear address"""
    if words:
        address = number(words[0])
        say(packets.packet_lines(machine.read_linear(address, packets.PACKET.size), address))
    else:
        say(packets.call_lines(machine.cpu(), machine.read_linear))
