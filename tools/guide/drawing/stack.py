"""Kind stack: cells of a stack, what was pushed last on top.

    SP    7010h   the address where CALL came from
    SP+2          AX
    *SP+4         (an asterisk: stronger)
"""

import re

from drawing.canvas import Canvas, width_of

BOX, HEIGHT = 330, 30


def draw(rows, options, _):
    cells = [re.split(r"  +", row, maxsplit=1) for row in rows]
    canvas = Canvas()
    left = max(width_of(place.lstrip("*")) for place, *_ in cells) + 28
    for number, (place, *words) in enumerate(cells):
        y = 16 + number * HEIGHT
        is_strong = place.startswith("*")
        canvas.box(left, y, BOX, HEIGHT, "strong" if is_strong else "box")
        canvas.text(left - 10, y + 20, place.lstrip("*"), anchor="end")
        canvas.text(left + 10, y + 20, " ".join(words), bold=is_strong)
    note = options.get("note", "lower addresses are on top; the stack grows upwards in this picture")
    canvas.text(left, 16 + len(cells) * HEIGHT + 20, note, "soft")
    text = ["| place | what |", "|---|---|"]
    text += [f"| {place.lstrip('*')} | {' '.join(words)} |" for place, *words in cells]
    return canvas.svg(options["title"]), [*text, "", note[0].upper() + note[1:] + "."]
