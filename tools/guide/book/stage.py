"""The pages of docs/guide/ as Sphinx takes them: without the markers' comments, with what only the
book has.

    tools/guide/book/stage.py FOLDER [--print]

Links to pages outside docs/guide/ become their names, a comment `live at=` a link to that instant
of the live page.  For print the answers are at the end of each chapter, and nothing is folded.
"""

import argparse
import os
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import plan  # noqa: E402
import summary  # noqa: E402
from page import COMMENT, LIVE  # noqa: E402

INDEX = "index.md"
QUESTION = re.compile(r"^<details><summary>(\d+)\. (.*?)</summary>\n(.*?)</details>\n", re.S | re.M)
FOLDED = re.compile(r"^<details><summary>([^<]*)</summary>\n(.*?)</details>\n", re.S | re.M)


def live_link(match):
    place, see = match.groups()
    return (f'<p class="live"><a href="../live.html#{place}" data-live>Open in the live page</a>: {see} '
            f'<span>(<code>make live</code> makes that page)</span></p>')


def link(match):
    text, target = match.groups()
    path, _, anchor = target.partition("#")
    if path == "README.md":
        return f"[{text}]({INDEX}{'#' if anchor else ''}{anchor})"
    if not path or (path.endswith(".md") and not path.startswith("..")):
        known = {chapter.file for chapter in plan.chapters() if not chapter.is_written}
        return text if path in known else match[0]
    name = os.path.relpath(plan.GUIDE / path, plan.ROOT)
    return f"`{name}`" if text in (name, f"`{name}`") else f"{text} (`{name}`)"


def for_print(text):
    """Questions where they are, their answers at the end of the chapter; nothing is folded."""
    answers = []

    def keep(match):
        answers.append(f"*{match[1]}.* {match[3].strip()}\n")
        return f"{match[1]}. {match[2]}\n"

    text = QUESTION.sub(keep, text)
    text = re.sub(r"^<details><summary>The screen as text.*?</details>\n", "", text, flags=re.S | re.M)
    text = FOLDED.sub(lambda match: f"*{match[1]}*\n{match[2]}", text)
    return text + ("\n## Answers\n\n" + "\n".join(answers) if answers else "")


def staged(path, is_print):
    text = path.read_text()
    text = LIVE.sub("" if is_print else live_link, text)
    text = COMMENT.sub("", text)
    text = re.sub(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)", link, text)
    number = re.match(r"(\d\d)-", path.name)
    if number:
        text = re.sub(r"^# ", f"# {int(number[1])}. ", text, count=1, flags=re.M)
        text = re.sub(r"^Next: .*\n?\Z", "", text, flags=re.M)      # the book has its own
    return for_print(text) if is_print else text


def contents():
    names = [c.file.removesuffix(".md") for c in plan.written()]
    names += [path.stem for path in (summary.GLOSSARY, summary.LEARN)]
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def main():
    parser = argparse.ArgumentParser(description="Prepares the guide's pages for Sphinx.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--print", action="store_true", dest="is_print")
    options = parser.parse_args()
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    for path in [c.path for c in plan.written()] + [summary.GLOSSARY, summary.LEARN]:
        (options.folder / path.name).write_text(staged(path, options.is_print))
    (options.folder / INDEX).write_text(staged(summary.README, options.is_print) + contents())
    for name in ("drawings", "screens"):
        if (plan.GUIDE / name).is_dir():
            shutil.copytree(plan.GUIDE / name, options.folder / name)


if __name__ == "__main__":
    main()
