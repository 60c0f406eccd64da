"""An SVG that is legible in light, in dark and on paper: it has its own ground and colours."""

from html import escape

CHARACTER = 7.9         # pixels: the widest that a monospaced letter of 13 pixels gets
LINE = 18
STYLE = """
.ground{fill:#fff}.box{fill:#eef3fb;stroke:#2b4a7d}.free{fill:#f6f6f6;stroke:#8a8a8a;stroke-dasharray:4 3}
.strong{fill:#d5e4fb;stroke:#2b4a7d;stroke-width:2}
text{fill:#16202e}.soft{fill:#46536a}.line{stroke:#2b4a7d;fill:none;stroke-width:1.5}.head{fill:#2b4a7d}
@media (prefers-color-scheme:dark){.ground{fill:#151b24}.box{fill:#22314a;stroke:#8fb3ee}
.strong{fill:#2d4a78;stroke:#b6d0fb}.free{fill:#1b212b;stroke:#8a94a3}
text{fill:#e8eef7}.soft{fill:#b4c0d1}.line{stroke:#8fb3ee}.head{fill:#8fb3ee}}
@media print{.ground{fill:#fff}.box{fill:#eef3fb;stroke:#2b4a7d}.strong{fill:#d5e4fb}.free{fill:#f6f6f6}
text{fill:#000}.soft{fill:#333}.line{stroke:#000}.head{fill:#000}}
""".strip().replace("\n", "")


def width_of(text):
    return len(text) * CHARACTER


def wrapped(text, columns):
    """The words of a text in lines of at most this many characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > columns:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines


class Canvas:
    def __init__(self):
        self.parts, self.right, self.bottom = [], 0, 0

    def _reach(self, x, y):
        self.right, self.bottom = max(self.right, x), max(self.bottom, y)

    def box(self, x, y, width, height, kind="box"):
        self.parts.append(f'<rect class="{kind}" x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" '
                          f'height="{height:.0f}" rx="2"/>')
        self._reach(x + width, y + height)

    def text(self, x, y, words, kind="", anchor="start", bold=False):
        extra = f' class="{kind}"' if kind else ""
        extra += f' text-anchor="{anchor}"' if anchor != "start" else ""
        extra += ' font-weight="bold"' if bold else ""
        self.parts.append(f'<text x="{x:.0f}" y="{y:.0f}"{extra}>{escape(words)}</text>')
        if anchor == "start":
            self._reach(x + width_of(words), y + 4)

    def line(self, points):
        path = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points)
        self.parts.append(f'<path class="line" d="{path}"/>')
        for x, y in points:
            self._reach(x, y)

    def arrow(self, points):
        """A line of points with a head at its end."""
        self.line(points)
        (x0, y0), (x, y) = points[-2:]
        if x == x0:
            side = 7 if y0 < y else -7
            head = f"M{x:.0f} {y:.0f}L{x - 4:.0f} {y - side:.0f}L{x + 4:.0f} {y - side:.0f}Z"
        else:
            side = 7 if x0 < x else -7
            head = f"M{x:.0f} {y:.0f}L{x - side:.0f} {y - 4:.0f}L{x - side:.0f} {y + 4:.0f}Z"
        self.parts.append(f'<path class="head" d="{head}"/>')

    def svg(self, title):
        width, height = self.right + 12, self.bottom + 12
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{escape(title)}" '
            'font-size="13" font-family="DejaVu Sans Mono, Consolas, monospace">',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" width="{width:.0f}" height="{height:.0f}" rx="6"/>',
            *self.parts, "</svg>", ""])
