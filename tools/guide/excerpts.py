"""Excerpts of the sources, found by name or by pattern, never by the number of a line."""

import re

from page import Mistake
from plan import ROOT

LANGUAGES = {".asm": "nasm", ".inc": "nasm", ".c": "c", ".h": "c", ".def": "c", ".py": "python",
             ".mk": "make", ".sh": "sh", ".ld": "text"}
GLOBAL_LABEL = r"[A-Za-z_]\w*:"
ASM_ENDS = re.compile(rf"^({GLOBAL_LABEL}|section |; -{{10}})")
ASM_LOCAL_ENDS = re.compile(rf"^({GLOBAL_LABEL}|\.\w+:|section |; -{{10}})")


def one(lines, pattern, what):
    """The index of the one line that matches."""
    found = [number for number, line in enumerate(lines) if re.search(pattern, line)]
    if len(found) != 1:
        raise Mistake(f"{what} matches {len(found)} lines, not one")
    return found[0]


def first_from(lines, start, pattern, what):
    for number in range(start, len(lines)):
        if re.search(pattern, lines[number]):
            return number
    raise Mistake(f"{what} matches no line from there on")


def at_label(lines, label, of):
    first = 0
    if of:
        first = one(lines, rf"^{re.escape(of)}:", f"of={of}")
    start = first + one(lines[first:_end(lines, first + 1, ASM_ENDS) if of else None],
                        rf"^{re.escape(label)}:", f"label={label}")
    end = _end(lines, start + 1, ASM_LOCAL_ENDS if label.startswith(".") else ASM_ENDS)
    while re.match(r";|global |\s*$", lines[end - 1]):      # these belong to what comes next
        end -= 1
    return start, end


def _end(lines, start, ends):
    while start < len(lines) and not ends.match(lines[start]):
        start += 1
    return start


def braced(lines, pattern, what, closing=r"^\}"):
    """A definition in C: from the one line that begins it to its brace at the margin."""
    start = one(lines, pattern, what)
    return start, first_from(lines, start, closing, f"the end of {what}") + 1


C_PATTERNS = {
    "function": r"^(?![ }}#/*]).*\b{0}\((?!.*;\s*$)",
    "struct": r"^struct {0} \{{",
    "enum": r"^enum {0} \{{",
    "table": r"^(?![ }}#/*]).*\b{0}(\[.*\])? = \{{",
}


def span(lines, options):
    if "all" in options:
        return 0, len(lines)
    if "label" in options:
        return at_label(lines, options["label"], options.get("of"))
    for kind, pattern in C_PATTERNS.items():
        if kind in options:
            return braced(lines, pattern.format(re.escape(options[kind])), f"{kind}={options[kind]}")
    if "line" in options:
        start = one(lines, options["line"], f"line={options['line']!r}")
        return start, start + 1
    if "from" in options and "to" in options:
        start = one(lines, options["from"], f"from={options['from']!r}")
        return start, first_from(lines, start, options["to"], f"to={options['to']!r}") + 1
    raise Mistake("an excerpt needs label=, function=, struct=, enum=, table=, line=, from= and "
                  "to=, or all=yes")


def with_comment(lines, start):
    """The start of the comment right above, if there is one."""
    while start > 0 and re.match(r"(;| ?\*|/\*|.*\*/$|global )", lines[start - 1]):
        start -= 1
    return start


def excerpt(file, options):
    """The fenced block for a marker."""
    path = ROOT / file
    if not path.is_file():
        raise Mistake(f"excerpt {file}: there is no such file")
    lines = path.read_text().splitlines()
    try:
        start, end = span(lines, options)
    except Mistake as mistake:
        raise Mistake(f"excerpt {file}: {mistake}") from None
    if options.get("comment") == "yes":
        start = with_comment(lines, start)
    text = "\n".join(lines[start:end]).strip("\n")
    return f"```{LANGUAGES.get(path.suffix, 'text')}\n{text}\n```\n"
