"""Finds turns of phrase that read translated, and says what a native engineer would write.

    habits.py [FILE...]

tests/boot/test_docs.py runs it on every text of the project: comments, messages and docs.
Only phrases that are hardly ever right are listed; the rest is for a reader's ear.
"""

import re
import sys
from pathlib import Path

from readers import messages

NOT_NOUNS = r"(?!longer\b|more\b|less\b|such\b|\w+er\b|use\b)"
HABITS = [(re.compile(pattern, re.M), better) for pattern, better in (
    (r"\bfor ever\b", "forever"),
    (r", too(?=[.;:,)]|$)", "also, before the verb"),
    (rf"\b(it|that|this|which|what) (is|was|are) no {NOT_NOUNS}\w", "is not a ..."),
    (r"(?<!are )(?<!is )\ball the same(?=[.,;:)])", "anyway"),
    (r"\bcan't be had\b|\bto be had\b", "is not available"),
    (r"\bthere where\b", "where"),
    (r"\bbehind (position|its end|the (end|header|last|first|next|line))\b", "after"),
    (r"\b[Ww]hoever (looks|reads|wants|asks|calls|overwrites)\b", "a subject: a caller that ..."),
    (r"(^|[.;:] +)Who (looks|reads|asks|wants|types|calls|overwrites)\b(?![^.]*\?)", "a subject"),
    (r"\b(held|holds|hold) (it |them |up )?against\b", "compared with"),
    (r"\b(given|gives|give) (it |them )?back\b", "returned, or freed"),
    (r"\b(allow|allows|permit|permits|enables) to\b", "allows it to, or lets"),
    (r"\bcan not\b", "cannot"),
    (r"\bNot so\b", "a sentence of its own"),
)]
TEXTS = {".c", ".h", ".def", ".asm", ".inc", ".py", ".js", ".mjs", ".cc", ".css", ".html", ".sh", ".mk",
         ".ld", ".S", ".md", ".gdb", ".patch"}
QUOTES_THEM = {"tools/english/habits.py", "docs/glossary.md"}
SHORT_FORMS = re.compile(r"\b(can't|don't|doesn't|isn't|won't|aren't|wasn't|didn't)\b")


def is_ours(path):
    """Whether a file, by its path from the root, has words of this project."""
    return ((path.suffix in TEXTS or path.name == "Makefile") and str(path) not in QUOTES_THEM
            and "built" not in path.parts)


def habits(text):
    """(line, what is written, what to write) of each habit in a text."""
    for pattern, better in HABITS:
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match[0].strip(), better


def short_forms(path, text):
    """(message, word) of each short form in messages, which learners of English read as well."""
    for message in messages(path, text):
        for match in SHORT_FORMS.finditer(message):
            yield message, match[0]


def complaints(path, text):
    """A line for each habit in the file."""
    found = [f"{path}:{line}: \"{words}\": {better}" for line, words, better in habits(text)]
    return found + [f"{path}: \"{word}\" in a message, write it in full: {message}"
                    for message, word in short_forms(path, text)]


def main():
    found = [line for name in sys.argv[1:]
             for line in complaints(name, Path(name).read_text(errors="replace"))]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
