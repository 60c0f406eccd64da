"""The submissions of tests/labs/N/: folders whose files lie as in my-labs/, and what is expected of them.

expected.json of a lab has the points, and words of the sentence and of the hint's topic, for each wrong
one, and what QEMU shows of every right one.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple

from project import ROOT

sys.path.append(str(ROOT / "tools/labs"))
import catalogue  # noqa: E402

HERE = Path(__file__).resolve().parent


class Submission(NamedTuple):
    lab: catalogue.Lab
    name: str
    folder: Path
    expected: dict


def _of_lab(lab):
    folder = HERE / str(lab.number)
    expected = json.loads((folder / "expected.json").read_text())
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield Submission(lab, path.name, path, expected.get(path.name, expected["right"]))


def all_of(*beginnings):
    return [submission for lab in catalogue.labs() for submission in _of_lab(lab)
            if submission.name.startswith(beginnings)]
