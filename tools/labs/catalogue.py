"""The labs of docs/labs/: one folder each, in the format of docs/labs/format.md."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from problem import Problem

ROOT = Path(__file__).resolve().parents[2]
LABS = ROOT / "docs/labs"
SOLUTIONS = ROOT / "tests/labs"


class Lab(NamedTuple):
    number: int
    title: str
    files: list         # that the student writes, in the order of the text
    folder: Path

    @property
    def name(self):
        return self.folder.name

    def given(self, file):
        """The text of a file as the student gets it."""
        return (self.folder / "skeleton" / file).read_text(encoding="utf-8")

    def reference(self, file):
        return (SOLUTIONS / str(self.number) / "reference" / file).read_text(encoding="utf-8")

    def text(self, page):
        return (self.folder / page).read_text(encoding="utf-8")

    def hints(self):
        """{topic: [three steps]}, in the order of hints.md."""
        topics = re.split(r"^## (\S+)\n", self.text("hints.md"), flags=re.M)[1:]
        return {name: [" ".join(step.split()) for step in re.findall(
            r"^\d\. (.*(?:\n(?!\d\. ).*)*)", body, re.M)] for name, body in zip(topics[::2], topics[1::2])}


def labs():
    return [_read(path.parent) for path in sorted(LABS.glob("*/lab.json"))]


def _read(folder):
    settings = json.loads((folder / "lab.json").read_text(encoding="utf-8"))
    return Lab(settings["number"], settings["title"], settings["files"], folder)


def find(number):
    found = [lab for lab in labs() if str(lab.number) == number]
    if not found:
        numbers = ", ".join(str(lab.number) for lab in labs())
        raise Problem(f"Lab {number} does not exist. The labs are {numbers}." if number
                      else f"Which lab? Type N=1, for example. The labs are {numbers}.")
    return found[0]
