"""Kind flow: boxes and arrows, from left to right, a new row when the first one is full.

    BIOS -> MBR: reads sector 0         an arrow and its label
    BIOS: in a chip on the board        a second line in a box
    row: MBR                            this box begins a row
"""

import re

from drawing.canvas import LINE, Canvas, width_of, wrapped

ROOM, COLUMNS = 700, 22


def read(rows):
    boxes, arrows, starts = {}, [], set()
    for row in rows:
        match = re.fullmatch(r"(.+?) -> ([^:]+)(?:: (.*))?", row)
        if match:
            for name in match.group(1, 2):
                boxes.setdefault(name.strip(), "")
            arrows.append((match[1].strip(), match[2].strip(), match[3] or ""))
        elif row.startswith("row: "):
            starts.add(row[5:].strip())
        else:
            name, _, words = row.partition(": ")
            boxes[name.strip()] = words
    return boxes, arrows, starts


def place(boxes, arrows, starts):
    """{name: (x, y, width, height, lines)}"""
    places, x, y, tallest = {}, 16, 16, 0
    labels = [wrapped(text, 14) for _, _, text in arrows]
    label = max([width_of(line) for lines in labels for line in lines] + [24])
    above = 15 * max(map(len, labels), default=0) - 22     # of a label, higher than its row
    gap = max(64, 2 * above + 8)
    for name, words in boxes.items():
        lines = wrapped(name, COLUMNS) + (wrapped(words, COLUMNS) if words else [])
        width = max(width_of(line) for line in lines) + 24
        height = len(lines) * LINE + 14
        if (x + width > ROOM or name in starts) and x > 16:
            x, y, tallest = 16, y + tallest + gap, 0
        places[name] = (x, y, width, height, lines)
        x, tallest = x + width + label + 26, max(tallest, height)
    return places


def connect(canvas, one, other, label):
    x, y, width, height, _ = one
    to_x, to_y, to_width, to_height, _ = other
    lines = wrapped(label, 14)
    if to_y == y and to_x > x:
        middle = y + min(height, to_height) / 2
        canvas.arrow([(x + width, middle), (to_x, middle)])
        for number, line in enumerate(lines):
            canvas.text((x + width + to_x) / 2, middle - 6 - (len(lines) - 1 - number) * 15, line,
                        "soft", "middle")
    elif to_y == y:                             # back, below the boxes
        low = y + max(height, to_height) + 14
        canvas.arrow([(x + width / 2, y + height), (x + width / 2, low),
                      (to_x + to_width / 2, low), (to_x + to_width / 2, to_y + to_height)])
        canvas.text((x + to_x) / 2 + 20, low + 14, label, "soft")
    else:
        down = to_y > y
        start, end = (y + height, to_y) if down else (y, to_y + to_height)
        turn = (start + end) / 2
        canvas.arrow([(x + width / 2, start), (x + width / 2, turn),
                      (to_x + to_width / 2, turn), (to_x + to_width / 2, end)])
        canvas.text(min(x + width / 2, to_x + to_width / 2) + 10, turn - 5, label, "soft")


def draw(rows, options, _):
    boxes, arrows, starts = read(rows)
    places = place(boxes, arrows, starts)
    canvas = Canvas()
    for name, (x, y, width, height, lines) in places.items():
        canvas.box(x, y, width, height, "strong" if not boxes[name] else "box")
        first = len(wrapped(name, COLUMNS))
        for number, line in enumerate(lines):
            canvas.text(x + 12, y + LINE + number * LINE, line, bold=number < first)
    for one, other, label in arrows:
        connect(canvas, places[one], places[other], label)
    text = [f"- **{name}**: {words}" if words else f"- **{name}**" for name, words in boxes.items()]
    text += [f"- {one} → {other}{f': {label}' if label else ''}" for one, other, label in arrows]
    return canvas.svg(options["title"]), [line.replace("**", "") for line in text]
