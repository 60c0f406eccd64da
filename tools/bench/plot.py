"""A plot with a logarithmic axis as SVG: one line for each series, named at its end."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 130, 40, 40
NAME_HEIGHT = 14            # names that would overlap are moved apart
COLORS = ["#6c757d", "#d9480f", "#1c7ed6", "#2b8a3e"]


def short(number):
    for limit, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= limit:
            return f"{number / limit:g} {letter}"
    return f"{number:g}"


def apart(heights):
    """The same heights, in the same order, at least a name's height from each other."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    moved = list(heights)
    for before, after in zip(order, order[1:]):
        moved[after] = max(moved[after], moved[before] + NAME_HEIGHT)
    return moved


def plot(title, labels, series):
    """labels are the places on the x axis; series is {name: a value for each of them}."""
    values = [value for line in series.values() for value in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(i):
        return LEFT + i * (WIDTH - LEFT - RIGHT) / (len(labels) - 1)

    def y(value):
        return TOP + (high - math.log10(value)) * (HEIGHT - TOP - BOTTOM) / (high - low)

    parts = [f'<text x="{LEFT}" y="22" font-weight="bold">{escape(title)}</text>']
    for power in range(low, high + 1):
        at = y(10 ** power)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" '
                     f'stroke="#ced4da"/><text x="{LEFT - 8}" y="{at + 4:.1f}" '
                     f'text-anchor="end">{short(10 ** power)}</text>')
    for i, label in enumerate(labels):
        parts.append(f'<text x="{x(i):.1f}" y="{HEIGHT - 14}" text-anchor="middle">'
                     f'{escape(label)}</text>')
    names = apart([y(line[-1]) for line in series.values()])
    for (name, line), color, at in zip(series.items(), COLORS, names):
        points = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(line))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" '
                     f'stroke-width="2"/><text x="{WIDTH - RIGHT + 8}" y="{at + 4:.1f}" '
                     f'fill="{color}">{escape(name)}</text>')
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12">\n<title>{escape(title)}</title>\n'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n')
