"""The text screen: as it is in the guest's memory, and as COM1's text draws it."""

import re

from project import LAYOUT

COLUMNS = LAYOUT["VGA_COLUMNS"]
ROWS = LAYOUT["VGA_ROWS"]
CLEAR = "\x1b[2J\x1b[H"                         # what clears a terminal on COM1
BLANK_CHARACTERS = str.maketrans("\0", " ")     # both look the same on a VGA


STATUS = 0x1f                                   # white on blue: the kernel's status row


class Screen:
    """A screen of 2000 cells: rows of text without trailing blanks, and attributes.

    `status` is the last row if the kernel keeps its status there, which is then not part of the text.
    """

    def __init__(self, memory):
        text = memory[0::2].decode("cp437").translate(BLANK_CHARACTERS)
        self.rows = [text[start:start + COLUMNS].rstrip()
                     for start in range(0, ROWS * COLUMNS, COLUMNS)]
        self.attributes = [list(memory[start + 1:start + 2 * COLUMNS:2])
                           for start in range(0, 2 * ROWS * COLUMNS, 2 * COLUMNS)]
        self.status = self.rows.pop() if set(self.attributes[-1]) == {STATUS} else None
        self.text = "\n".join(self.rows).rstrip()

    def text_with_attribute(self, attribute):
        """All characters of one colour, row by row."""
        return "\n".join(
            "".join(c for c, a in zip(row.ljust(COLUMNS), attributes) if a == attribute).rstrip()
            for row, attributes in zip(self.rows, self.attributes)).strip("\n")


def serial_rows(text, count):
    """The last `count` rows that a screen shows after `text`; its colours are left out."""
    rows, column = [[]], 0
    for character in re.sub(r"\a|\x1b\[[0-9;]*m", "", text.split(CLEAR)[-1]):
        if character == "\n":
            rows.append([])
            column = 0
        elif character == "\r":
            column = 0
        elif character == "\b":
            column = max(column - 1, 0)
        elif character == "\t":
            column = (column // 8 + 1) * 8
        else:
            if column == COLUMNS:
                rows.append([])
                column = 0
            row = rows[-1]
            row.extend(" " * (column + 1 - len(row)))
            row[column] = character
            column += 1
    lines = ["".join(row).rstrip() for row in rows[-count:]]
    return lines + [""] * (count - len(lines))
