"""Kind memory: ranges of addresses, one below the other, the lowest on top.

    STACK_BOTTOM STACK_TOP          the stack
    MBR_ADDRESS +512                the MBR
    0xb8000 +0x1000                 *text screen       (an asterisk: stronger)

What is between two ranges is drawn as a gap.
"""

import contract
from drawing.canvas import LINE, Canvas, width_of, wrapped

BOX, COLUMNS = 330, 40


def ranges(rows):
    found = []
    for row in rows:
        first, end, label = row.split(None, 2)
        start = contract.value(first)
        stop = start + contract.value(end[1:]) if end.startswith("+") else contract.value(end)
        if stop <= start:
            raise ValueError(f"{row!r}: it ends before it starts")
        found.append((start, stop, label.removeprefix("*"), label.startswith("*")))
    return sorted(found)


def draw(rows, options, _):
    found = ranges(rows)
    canvas = Canvas()
    left = max(width_of(contract.hexadecimal(stop)) for _, stop, _, _ in found) + 24
    y, end = 16, None
    for start, stop, label, is_strong in found:
        if end is not None and start > end:
            canvas.box(left, y, BOX, LINE + 4, "free")
            canvas.text(left - 8, y + 12, contract.hexadecimal(end), anchor="end")
            y += LINE + 4
        lines = wrapped(label, COLUMNS)
        height = len(lines) * LINE + 12
        canvas.box(left, y, BOX, height, "strong" if is_strong else "box")
        canvas.text(left - 8, y + 12, contract.hexadecimal(start), anchor="end")
        for number, line in enumerate(lines):
            canvas.text(left + 10, y + LINE + number * LINE, line, bold=is_strong)
        y, end = y + height, stop
    canvas.text(left - 8, y + 4, contract.hexadecimal(end), anchor="end")
    canvas.text(left, y + 22, options.get("note", ""), "soft")
    text = ["| from | up to, not including | what |", "|---|---|---|"]
    text += [f"| {contract.hexadecimal(start)} | {contract.hexadecimal(stop)} | {label} |"
             for start, stop, label, _ in found]
    return canvas.svg(options["title"]), text
