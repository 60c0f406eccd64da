"""The source files that the programs' lines name, coloured by Pygments.

A coloured file is a list of HTML lines whose spans have one-letter classes (page/source.css).
"""

import html
from pathlib import Path


try:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Number, String
except ImportError as error:
    raise SystemExit(f"live: Python has no {error.name}; `make setup live` installs it.") from error

LEXERS = {".c": "c", ".h": "c", ".def": "c", ".asm": "nasm", ".inc": "nasm", ".S": "gas", ".s": "gas"}
# token type -> class; the first that contains the token
CLASSES = [
    (Comment.Preproc, "p"), (Comment.PreprocFile, "s"), (Comment, "c"), (Keyword.Type, "t"),
    (Keyword, "k"), (Number, "n"), (String, "s"), (Name.Function, "f"), (Name.Label, "f"),
    (Name.Builtin, "r"),
]


class FileList:
    """Numbers for files in the order in which they are first named."""

    def __init__(self):
        self._numbers = {}

    def number(self, path):
        return self._numbers.setdefault(path, len(self._numbers))

    def coloured(self):
        return [{"path": shown(path), "lines": _coloured(Path(path))} for path in self._numbers]


def shown(path):
    """A path outside of this folder means nothing elsewhere, so only its file name is kept."""
    return Path(path).name if path.startswith(("..", "/")) else path


def _coloured(path):
    """Its lines as HTML; None if it is not here."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    lexer = get_lexer_by_name(LEXERS.get(path.suffix, "text"), stripnl=False, ensurenl=False)
    lines, line = [], ""
    for kind, value in lexer.get_tokens(text):
        letter = next((letter for token, letter in CLASSES if kind in token), "")
        first, *others = value.expandtabs(8).split("\n")
        line += _span(letter, first)
        for other in others:
            lines.append(line)
            line = _span(letter, other)
    return lines + ([line] if line else [])


def _span(letter, text):
    escaped = html.escape(text, quote=False)
    return f"<i class={letter}>{escaped}</i>" if letter and text.strip() else escaped
