"""The guide's commands; `make guide-...` calls them.

    tools/guide/guide.py --build BUILD update [NN...]   fills the markers from sources, build and runs
    tools/guide/guide.py --build BUILD check [NN...]    the rules that need no run
    tools/guide/guide.py --build BUILD read [NN...]     notes that the text beside changed markers was read
    tools/guide/guide.py --build BUILD pages            writes index, points and glossary again
"""

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import plan
import rules
import summary
from fill import PARALLEL, fill, read_again, unread
from page import Mistake, Page


def chosen(numbers):
    unknown = [number for number in numbers if not any(c.number == number for c in plan.written())]
    if unknown:
        raise Mistake(f"there is no chapter {', '.join(unknown)} in docs/guide/")
    return [c for c in plan.written() if not numbers or c.number in numbers]


def write(path, text):
    """Writes a file if that changes it; its name goes to the terminal."""
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print(f"  wrote {path.relative_to(plan.ROOT)}")


def update(chapters, build):
    mistakes = []
    with ThreadPoolExecutor(PARALLEL) as executor:
        for chapter in chapters:
            try:
                filled = fill(Page(chapter.path), build, executor)
            except Mistake as mistake:
                mistakes.append(str(mistake))
                continue
            for path, text in {**filled.files, chapter.path: filled.text}.items():
                write(path, text)
            remove_strays(chapter, filled.files)
            for line in unread(Page(chapter.path)):
                print(f"  {line}")
    pages()
    return mistakes


def remove_strays(chapter, files):
    """Pictures of markers that are gone."""
    for folder in ("drawings", "screens"):
        for path in (plan.GUIDE / folder).glob(f"{chapter.number}-*.svg"):
            if path not in files:
                path.unlink()
                print(f"  removed {path.relative_to(plan.ROOT)}")


def pages():
    for path, text in summary.pages().items():
        write(path, text)
    return []


def check(chapters):
    return [line for chapter in chapters for line in rules.check(chapter)]


def read(chapters):
    for chapter in chapters:
        write(chapter.path, read_again(Page(chapter.path)))
    return []


def main():
    parser = argparse.ArgumentParser(description="The guide's commands.")
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("command", choices=("update", "check", "read", "pages"))
    parser.add_argument("chapters", nargs="*", metavar="NN")
    options = parser.parse_args()
    build = options.build.resolve()
    try:
        chapters = chosen(options.chapters)
        mistakes = {"update": lambda: update(chapters, build), "check": lambda: check(chapters),
                    "read": lambda: read(chapters), "pages": pages}[options.command]()
    except Mistake as mistake:
        mistakes = [str(mistake)]
    for line in mistakes:
        print(f"guide: {line}", file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
