"""The plan of the guide: its chapters in their order, and the points that each teaches.

docs/guide/plan.txt has both; nothing else in tools/guide/ knows a chapter's number or name.
"""

import re
import sys
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs/guide"
STEPS = GUIDE / "steps"
sys.path.insert(0, str(ROOT / "tools/shared"))


class Chapter(NamedTuple):
    number: str             # two digits
    name: str
    title: str
    points: dict            # {id: what is taught}

    @property
    def file(self):
        return f"{self.number}-{self.name}.md"

    @property
    def path(self):
        return GUIDE / self.file

    @property
    def is_written(self):
        return self.path.exists()


@lru_cache
def chapters():
    found = []
    for line in (GUIDE / "plan.txt").read_text().splitlines():
        if re.match(r"\d\d ", line):
            number, name, title = re.split(r" +", line, maxsplit=2)
            found.append(Chapter(number, name, title, {}))
        elif line.startswith("    "):
            point, text = line.split(None, 1)
            found[-1].points[point] = text
    return found


def written():
    return [chapter for chapter in chapters() if chapter.is_written]


def chapter(number):
    return next(chapter for chapter in chapters() if chapter.number == number)
