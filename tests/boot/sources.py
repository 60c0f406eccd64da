"""The project's own source files, and which parts of their text are comments."""

import io
import re
import tokenize
from typing import NamedTuple

from project import ROOT

GENERATED = re.compile(r"(build.*|dist|\..*)/|.*\b(__pycache__|node_modules)/")
C_LIKE = (".c", ".h", ".ld", ".def", ".S")
ASSEMBLY = (".asm", ".inc")
OTHERS = (".py", ".mk", ".sh", ".gdb")

# What a file's text falls into: strings (so that no comment is seen in them) and comments.
PARTS = {
    C_LIKE: r'(/\*.*?\*/|//[^\n]*)|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'',
    ASSEMBLY: r'(;[^\n]*)|"[^"\n]*"|\'[^\'\n]*\'',
    OTHERS: r'((?:(?<=\s)|^)#[^\n]*)|"[^"\n]*"',
}


def files(*folders):
    """Every file below these folders (below all of them without one), relative to the root."""
    for top in folders or ["."]:
        for path in sorted((ROOT / top).rglob("*")):
            relative = path.relative_to(ROOT)
            if path.is_file() and not GENERATED.match(str(relative)):
                yield relative


def source_files():
    return [path for path in files()
            if path.suffix in C_LIKE + ASSEMBLY + OTHERS or path.name == "Makefile"]


class Source(NamedTuple):
    comments: list      # (line, text)
    code: str           # all the rest, strings included


def _python(text):
    comments, code = [], []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_comment = token.type == tokenize.COMMENT or (
            token.type == tokenize.STRING and token.string.lstrip("rR").startswith('"""'))
        if is_comment:
            comments.append((token.start[0], token.string))
        else:
            code.append(token.string)
    return Source(comments, " ".join(code))


def read(path):
    text = (ROOT / path).read_text()
    if path.suffix == ".py":
        return _python(text)
    parts = next((pattern for suffixes, pattern in PARTS.items() if path.suffix in suffixes),
                 PARTS[OTHERS])
    comments, code, at = [], [], 0
    for match in re.finditer(parts, text, re.S | re.M):
        code.append(text[at:match.start()])
        at = match.end()
        if match[1]:
            comments.append((text.count("\n", 0, match.start()) + 1, match[1]))
        else:
            code.append(match[0])
    return Source(comments, " ".join([*code, text[at:]]))
