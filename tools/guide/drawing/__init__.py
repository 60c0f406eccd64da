"""Drawings of the guide: SVG made from a few lines in a marker and from the project's own tables.

Each module of this folder draws one kind and offers draw(rows, options, build) -> (svg, text): the
picture, and lines of Markdown that say the same.
"""

from importlib import import_module

from page import Mistake
from plan import GUIDE

KINDS = ("memory", "bits", "flow", "stack", "disk", "modes")


def specification(block):
    """{option: value} and the other lines, in their order."""
    options, rows = {}, []
    for line in block.lines:
        key, colon, value = line.partition(": ")
        if colon and key in ("kind", "title", "width", "register", "note"):
            options[key] = value.strip()
        else:
            rows.append(line.strip())
    for key in ("kind", "title"):
        if key not in options:
            raise Mistake(f"drawing {block.name}: there is no line `{key}: ...`")
    if options["kind"] not in KINDS:
        raise Mistake(f"drawing {block.name}: kind: is one of {', '.join(KINDS)}")
    return options, rows


def run(block, chapter, build):
    options, rows = specification(block)
    try:
        svg, text = import_module(f"drawing.{options['kind']}").draw(rows, options, build)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Mistake(f"drawing {block.name}: {error!r}") from None
    path = GUIDE / "drawings" / f"{chapter}-{block.name}.svg"
    body = (f"![{options['title']}; the text below says the same](drawings/{path.name})\n\n"
            f"<details><summary>The drawing in words: {options['title']}</summary>\n\n"
            + "\n".join(text) + "\n\n</details>\n")
    return body, {path: svg}
