"""Colours for sessions: what is typed stands out.  The theme's style sheet has the colours."""

from pygments.lexer import RegexLexer, bygroups
from pygments.style import Style
from pygments.token import Comment, Generic, Text


class Session(RegexLexer):
    """A terminal, GDB, or the kernel's prompt."""
    name, aliases = "session", ["gdb", "console"]
    tokens = {"root": [(r"^(\(gdb\) |\$ |> )(.*)(\n)", bygroups(Generic.Prompt, Generic.Strong, Text)),
                       (r"^\.\.\.\n", Comment), (r".*\n", Generic.Output)]}


class Plain(Style):
    """No colours of its own: pygments.css stays out of the theme's way."""
    styles = {}


def setup(app):
    for name in Session.aliases:
        app.add_lexer(name, Session)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
