"""AT=...: the instant that the page shows when it opens, checked against the image's names.

The page's links have the same syntax (docs/live.md): a milestone's name, a function,
file:line, each with "~n" for its nth pass and "+n" for n instructions after that.
"""

import re

from page_problem import Problem


def find_place(text, data):
    """The link's text, or a sentence about what is wrong with it."""
    link = text.lstrip("#")
    name, tilde, count = re.sub(r"\+\d+$", "", link).partition("~")
    if tilde and not count.isdigit():
        raise Problem(f'AT={text}: "~" must be followed by the number of the pass.')
    if _known(name, data):
        return link
    raise Problem(f"AT={text}: this is neither a milestone ({', '.join(_milestones(data))}), nor a "
                  "function, nor a line with code (file:line) of these programs.")


def _milestones(data):
    """Those that this image can pass: only programs that stamp milestones have more than two."""
    stamps = any(row[2] == data["stamp"] for program in data["programs"]
                 for row in program["functions"])
    return ["RESET", "MBR"] + [row["name"] for row in data["milestones"] if stamps]


def _known(name, data):
    if name.upper() in _milestones(data):
        return True
    if any(name == row[2] for program in data["programs"] for row in program["functions"]):
        return True
    place = re.fullmatch(r"(.+):(\d+)", name)
    if not place:
        return False
    numbers = {i for i, file in enumerate(data["files"])
               if f"/{file['path']}".endswith(f"/{place[1]}")}
    return any(row[1] in numbers and row[2] == int(place[2])
               for program in data["programs"] for row in program["lines"])
