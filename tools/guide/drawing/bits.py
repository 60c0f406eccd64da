"""Kind bits: the fields of a word, the highest bit on the left, `width` bits a row.

    width: 32
    register: DESCRIPTOR        the bits that include/register_bits.def names
    56-63 base 24-31            a field
    7 parity                    a bit
"""

from drawing.canvas import Canvas, LINE, wrapped
from firstlight import bits

CELL = 30


def fields(rows, options):
    """[(highest bit, lowest bit, name, meaning)], the highest first."""
    found = []
    for row in rows:
        place, label = row.split(None, 1)
        low, _, high = place.partition("-")
        found.append((int(high or low), int(low), label, ""))
    if "register" in options:
        named = bits.bits_of(options["register"])
        if not named:
            raise ValueError(f"include/register_bits.def has no {options['register']}")
        found += joined([(bit.number, bit.number, bit.name, bit.meaning) for bit in named])
    return sorted(found, reverse=True)


def joined(named):
    """The same with a number of two bits (DPL0, DPL1) as one field."""
    found = []
    for high, low, name, meaning in sorted(named):
        if name.endswith("1") and found and found[-1][2] == f"{name[:-1]}0":
            found[-1] = (high, found[-1][1], name[:-1], meaning.split(",")[0])
        else:
            found.append((high, low, name, meaning))
    return found


def draw(rows, options, _):
    found, width = fields(rows, options), int(options.get("width", 32))
    top = max(high for high, *_ in found) // width
    canvas = Canvas()
    for row in range(top, -1, -1):
        y = 30 + (top - row) * 84
        for high, low, label, _ in found:
            first, last = min(high, row * width + width - 1), max(low, row * width)
            if first < last:
                continue
            x = 14 + (row * width + width - 1 - first) * CELL
            size = (first - last + 1) * CELL
            canvas.box(x, y, size, 46)
            lines = wrapped(label, max(int(size / 8), 1))
            for number, line in enumerate(lines[:2]):
                canvas.text(x + size / 2, y + (28 if len(lines) == 1 else 19 + number * LINE),
                            line, anchor="middle")
            canvas.text(x + size - 3, y - 5, str(last), "soft", "end")
            if first > last:
                canvas.text(x + 3, y - 5, str(first), "soft")
    text = ["| bits | name | meaning |", "|---|---|---|"]
    text += [f"| {low}{f'-{high}' if high > low else ''} | {label} | {meaning} |"
             for high, low, label, meaning in found]
    return canvas.svg(options["title"]), text
