"""The statements of docs/boot-protocol.md, and which tests show them."""

import re

from project import ROOT

DOCUMENT = (ROOT / "docs/boot-protocol.md").read_text()
SHOWN = set()           # by tests that look from outside; tests/protocol/ shows the others


def stated():
    """The id of every statement, in the document's order."""
    return re.findall(r"^(?:- |\| )`\[([a-z0-9-]+)\]`", DOCUMENT, re.M)


def shows(*ids):
    """Marks a test as the one that shows these statements."""
    SHOWN.update(ids)
    return lambda test: test


def fields(id):
    """The table below a statement: (offset, bytes, name) of each field."""
    table = DOCUMENT.split(f"`[{id}]`")[1].split("\n\n")[1]
    return [(int(offset), int(size), name) for offset, size, name
            in re.findall(r"^\| (\d+) \| (\d+) \| (\w+) \|", table, re.M)]


def refusals():
    """The number of the error that the document gives for each kernel that is refused."""
    return dict(re.findall(r"^\| `\[(refuse-[a-z-]+)\]` \|.*\| (E\d+) \|$", DOCUMENT, re.M))
