"""A picture of the text screen, drawn from the cells in the guest's video memory.

A marker's lines are carried out in their order before the picture is taken:

    wait TEXT       until the text is on the screen
    press KEY...    keys, as QEMU names them
    type TEXT       a line at the kernel's prompt, over the serial line
    mask REGEX      its group 1, or all of the match, becomes one character: …
"""

import re
from html import escape

from page import Mistake
from plan import GUIDE
from sessions import MASK, image_of
from firstlight import screen
from firstlight.headers import constants

SCREEN = (constants()["VGA_TEXT_ADDRESS"], 2 * constants()["VGA_COLUMNS"] * constants()["VGA_ROWS"])
PALETTE = ("000000", "0000aa", "00aa00", "00aaaa", "aa0000", "aa00aa", "aa5500", "aaaaaa",
           "555555", "5555ff", "55ff55", "55ffff", "ff5555", "ff55ff", "ffff55", "ffffff")
WIDTH, HEIGHT = 9, 16           # pixels of a cell
MASKS = [r"SeaBIOS \((version [^)]*)\)", r"iPXE.*"]    # each version of QEMU has its own


def capture(block, build):
    """The 4000 bytes of the screen once the regular expression `until` matches it."""
    from guest import Guest, Trouble
    try:
        with image_of(block, build).ready() as image, Guest(image) as pc:
            for line in block.lines:
                word, _, argument = line.strip().partition(" ")
                if word == "wait":
                    pc.wait_for_screen(argument)
                elif word == "press":
                    pc.press(*argument.split())
                elif word == "type":
                    pc.wait_for(r"\n> ")
                    pc.type(argument + "\n")
                elif word != "mask":
                    raise Mistake(f"screen {block.name}: {line.strip()!r}: wait, press, type or mask")
            until = re.compile(block.options["until"], re.S)
            pc.wait(lambda: until.search("\n".join(screen.rows(pc.memory(*SCREEN)))),
                    f"{until.pattern!r} on the screen")
            return pc.memory(*SCREEN)
    except Trouble as trouble:
        raise Mistake(f"screen {block.name}: {trouble}") from None


def cells(memory, masks):
    """Rows of (character, attribute), masked; all rows keep their 80 cells."""
    columns = constants()["VGA_COLUMNS"]
    rows = []
    for start in range(0, len(memory), 2 * columns):
        part = memory[start:start + 2 * columns]
        text = part[::2].decode("cp437").replace("\0", " ").replace("\xff", " ")
        row = list(zip(text, part[1::2]))
        for pattern in masks:
            while (match := re.search(pattern, "".join(c for c, _ in row))) and match[0] != MASK:
                first, end = match.span(1 if match.re.groups else 0)
                if "".join(c for c, _ in row[first:end]) == MASK:
                    break
                row[first:end] = [(MASK, row[first][1])]
        rows.append((row + [(" ", 7)] * columns)[:columns])
    return rows


def _runs(row):
    """[(column, text, attribute)] of a row's runs of one colour, blanks at their ends included."""
    found = []
    for column, (character, attribute) in enumerate(row):
        if found and found[-1][2] == attribute:
            found[-1][1].append(character)
        else:
            found.append((column, [character], attribute))
    return [(column, "".join(text), attribute) for column, text, attribute in found]


def svg(rows, title):
    width, height = WIDTH * constants()["VGA_COLUMNS"], HEIGHT * len(rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-6 -6 {width + 12} {height + 12}" '
             f'role="img" aria-label="{escape(title)}" font-size="15" '
             'font-family="DejaVu Sans Mono, Consolas, monospace">',
             f'<rect x="-6" y="-6" width="{width + 12}" height="{height + 12}" rx="4" fill="#000"/>']
    for number, row in enumerate(rows):
        for column, text, attribute in _runs(row):
            x, length = column * WIDTH, len(text) * WIDTH
            if attribute >> 4 & 7:
                parts.append(f'<rect x="{x}" y="{number * HEIGHT}" width="{length}" '
                             f'height="{HEIGHT}" fill="#{PALETTE[attribute >> 4 & 7]}"/>')
            if text.strip():
                lead = len(text) - len(text.lstrip())
                shown = text.strip()
                parts.append(f'<text x="{x + lead * WIDTH}" y="{number * HEIGHT + 12}" '
                             f'textLength="{len(shown) * WIDTH}" xml:space="preserve" '
                             f'fill="#{PALETTE[attribute & 15]}">{escape(shown)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def run(block, chapter, build):
    """The marker's body, and the picture's file and text."""
    if "until" not in block.options:
        raise Mistake(f"screen {block.name}: until='...' says what has to be on it")
    masks = MASKS + [line.strip().partition(" ")[2] for line in block.lines
                     if line.split()[0] == "mask"]
    rows = cells(capture(block, build), masks)
    if "rows" in block.options:
        first, _, last = block.options["rows"].partition("-")
        rows = rows[int(first) - 1:int(last or first)]
    title = block.options.get("title", "The screen")
    lines = ["".join(character for character, _ in row).rstrip() for row in rows]
    text = "\n".join(lines).rstrip("\n")
    path = GUIDE / "screens" / f"{chapter}-{block.name}.svg"
    body = (f"![{title}: the text below shows it](screens/{path.name})\n\n"
            f"<details><summary>The screen as text</summary>\n\n```text\n{text}\n```\n\n</details>\n")
    return body, {path: svg(rows, title)}
