"""The student's folder: a folder for each lab, and progress.txt with a line for each.

    1 points=7 of=10 topic=rest hints=letter:2,rest:1 passed=0f1e2d3c4b5a6978

`topic` is what the first failed check was about, `passed` the digest of the files that last passed.  .given/ keeps each file as it was given out,
so that a later version of it can be merged.
"""

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from problem import Problem

HEAD = "# Progress in the labs of Firstlight; `make labs` shows it, `make check` and `make hint` write it.\n"


@dataclass
class Progress:
    points: int = None      # of the last check; None: never checked
    of: int = 0
    topic: str = ""
    hints: dict = field(default_factory=dict)       # {topic: steps already shown}
    passed: str = ""        # digest of the files that last had full points

    @property
    def is_solved(self):
        return self.points is not None and self.points == self.of

    def line(self, number):
        words = [str(number)]
        if self.points is not None:
            words += [f"points={self.points}", f"of={self.of}"]
        if self.topic:
            words.append(f"topic={self.topic}")
        if self.hints:
            words.append("hints=" + ",".join(f"{name}:{steps}" for name, steps in self.hints.items()))
        if self.passed:
            words.append(f"passed={self.passed}")
        return " ".join(words) + "\n"


def _parse(line):
    values = dict(re.findall(r"(\w+)=(\S+)", line))
    hints = {name: int(steps) for name, steps in re.findall(r"([^:,]+):(\d+)", values.get("hints", ""))}
    return Progress(int(values["points"]) if "points" in values else None, int(values.get("of", 0)),
                    values.get("topic", ""), hints, values.get("passed", ""))


class Place:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.file = self.folder / "progress.txt"

    def of(self, lab):
        return self.folder / lab.name

    def is_prepared(self, lab):
        return self.of(lab).is_dir()

    def prepare(self, lab):
        """Writes the files that are missing; existing ones stay.  The names of those written."""
        written = []
        for name in lab.files:
            path = self.of(lab) / name
            if path.exists() or path.is_symlink():
                continue
            _write(path, lab.given(name))
            _write(self._given(lab, name), lab.given(name))
            written.append(name)
        return written

    def outdated(self, lab):
        """The files whose original has changed since they were given out."""
        return [name for name in lab.files if self._given(lab, name).exists()
                and self._given(lab, name).read_text(encoding="utf-8") != lab.given(name)]

    def update(self, lab, name):
        """Merges the original's changes into the student's file.  False, and nothing changed, in a conflict."""
        mine, old = self.of(lab) / name, self._given(lab, name)
        if not shutil.which("git"):
            raise Problem("UPDATE=1 merges with git, which is not installed.")
        merged = subprocess.run(["git", "merge-file", "-p", mine, old, lab.folder / "skeleton" / name], check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if merged.returncode != 0:
            return False
        _write(mine, merged.stdout.decode(errors="replace"))
        _write(old, lab.given(name))
        return True

    def _given(self, lab, name):
        return self.folder / ".given" / lab.name / name

    def digest(self, lab):
        """Of the student's files of a lab as they are now: changes with any of them."""
        digest = hashlib.sha256()
        for name in lab.files:
            path = self.of(lab) / name
            digest.update(path.read_bytes() if path.is_file() else b"")
            digest.update(name.encode() + b"\0")
        return digest.hexdigest()[:16]

    def progress(self):
        """{number: Progress}"""
        if not self.file.exists():
            return {}
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return {int(line.split()[0]): _parse(line) for line in lines if re.match(r"\d+( |$)", line)}

    def save(self, lab, progress):
        everything = self.progress() | {lab.number: progress}
        _write(self.file, HEAD + "".join(everything[n].line(n) for n in sorted(everything)))


def _write(path, text):
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}.") from error
