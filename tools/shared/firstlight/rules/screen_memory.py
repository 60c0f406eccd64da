"""Rules about text that was meant for the screen's memory and went elsewhere."""

from firstlight import real_mode
from firstlight.case import Finding
from firstlight.headers import constants
from firstlight.operand import decode

CUT = constants()["VGA_TEXT_ADDRESS"] & 0xffff
SIZE = 2 * constants()["VGA_ROWS"] * constants()["VGA_COLUMNS"]
FEWEST = 2                  # cells that are a text
STORES = (b"\x88", b"\x89", b"\xc6", b"\xc7", b"\xa2", b"\xa3")


def _uses_the_cut_address(case):
    """The first instruction of 16-bit code with B8000h, cut to 8000h, as an address or as a constant; or None."""
    for one in (one for block in case.trail for one in block.instructions):
        d = decode(one.raw, "real16")
        if b"\x67" in d.prefixes:
            continue
        is_store = d.opcode in STORES[:4] and d.modrm & 0xc7 == 6
        if is_store and int.from_bytes(d.rest[1:3], "little") in range(CUT, CUT + SIZE) \
                or d.opcode in STORES[4:] and int.from_bytes(d.rest[:2], "little") in range(CUT, CUT + SIZE) \
                or d.opcode[0] in range(0xb8, 0xc0) and b"\x66" not in d.prefixes and d.rest[:2] == CUT.to_bytes(2, "little"):
            return one
    return None


def _text(memory, screen):
    """The first cells of one colour that are not on the screen; "" if there are none."""
    for start in range(0, len(memory), 2):
        text, attribute = "", memory[start + 1]
        for at in range(start, len(memory), 2):
            if not attribute or memory[at + 1] != attribute or memory[at] not in range(0x20, 0x7f):
                break
            text += chr(memory[at])
        if len(text.strip()) >= FEWEST:
            return "" if text.encode() in screen[::2] else text
    return ""


def cut_to_16_bits(case):
    """Cells of text, characters with a colour, are at 8000h or at 8000:0000, and not on the screen."""
    one = _uses_the_cut_address(case) if case.is_foreign and case.is_alive and case.cpu.mode == "real16" else None
    if one is None:
        return None
    screen = case.read_physical(constants()["VGA_TEXT_ADDRESS"], SIZE)
    for base in (CUT, CUT << 4):
        if any(read.address in range(base - 0x10000, base + SIZE) or read.function == 0x42 for read in real_mode.reads(case.trail)):
            continue                            # it may be what was read
        text = _text(case.read_physical(base, SIZE), screen)
        if text:
            return Finding(f'The text "{text}" was written to {base:X}h instead of the screen at B8000h: that address does not fit into 16 '
                           f"bits, and the code at {case.name(one.address)} has 8000h.",
                           "load a segment register with B800h (mov ax, 0xb800; mov es, ax) and count offsets from 0.")
    return None
