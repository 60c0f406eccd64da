"""Lists every message that users see, beside its wording at an earlier commit.

    messages.py [--base REVISION] [--changed] [FOLDER...]

`make messages BASE=REVISION` runs this.  It prints a Markdown table with a row for each
message: the file, the old words, and the new ones or "kept"; "(new)" and "(removed)" stand
for a missing side.  It shows what was reworded, so that a reader can judge it without
reading the diff of the code around it.

A message is any string literal of two words or more in the programs of this project: in
C, in the .def tables, in NASM, in Python (including docstrings of GDB's commands, which
`help` shows) and in shell.  Adjacent literals in C are one message.  Strings that nobody
reads are left out: inline assembly, names of files and sections, regular expressions.
"""

import argparse
import ast
import difflib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ["stage1", "stage2", "kernel", "lib", "include", "tools", "docs/example"]
TWO_WORDS = re.compile(r"[A-Za-z]{2,}.*\s.*[A-Za-z]{2,}|[A-Za-z]{3,}[.?!:](\s|$)", re.S)

C_TOKEN = re.compile(r"""
    (?P<comment> /\*.*?\*/ | //[^\n]* )
  | (?P<include> ^[ \t]*\#[ \t]*include[^\n]* )
  | (?P<character> '(?:\\.|[^'\\\n])+' )
  | (?P<string> "(?:\\.|[^"\\\n])*" )
  | (?P<name> [A-Za-z_][A-Za-z0-9_]* )
  | (?P<space> \s+ )
  | (?P<other> . )
""", re.X | re.S | re.M)
ASSEMBLY = {"__asm__", "volatile"}      # these precede instructions, not a message
NASM_STRING = re.compile(r"""^[^;\n]*?\bd[bw]\s+(?P<operands>[^;\n]*)""", re.M)
SHELL_STRING = re.compile(r"""'([^'\n]*(?:\n[^'\n]*)*)'|"((?:\\.|[^"\\])*)\"""")


def of_c(text):
    """Literals in order; those separated only by white space, comments or macros are one."""
    words, parts, call = [], [], None
    for token in C_TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "string":
            parts.append(token[0][1:-1])
        elif kind in ("space", "comment"):
            continue
        elif kind == "name" and parts and token[0].isupper():
            parts.append("{" + token[0] + "}")
        else:
            if parts and call not in ASSEMBLY:
                words.append("".join(parts))
            parts = []
            call = token[0] if kind == "name" else call
    return words


def of_nasm(text):
    """The strings of a DB, one message per line."""
    lines = ("".join(part[1:-1] for part in re.findall(r'"[^"]*"|\'[^\']*\'|`[^`]*`', m["operands"]))
             for m in NASM_STRING.finditer(text))
    return [line for line in lines if line]


def words_of(node):
    """A literal's text, with {} for the computed parts of an f-string; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}"
                       for part in node.values)
    return None


class PythonStrings(ast.NodeVisitor):
    """Collects literals; docstrings only of classes, which are commands of GDB."""

    def __init__(self):
        self.words = []

    def visit_body(self, node):
        if ast.get_docstring(node) is not None:
            if isinstance(node, ast.ClassDef):
                self.words.append(ast.get_docstring(node))
            node.body = node.body[1:]
        self.generic_visit(node)

    visit_Module = visit_ClassDef = visit_FunctionDef = visit_body

    def visit_Call(self, node):
        if not (isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"):
            self.generic_visit(node)

    def visit_JoinedStr(self, node):
        self.words.append(words_of(node))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            self.words.append(node.value)


def of_python(text):
    visitor = PythonStrings()
    visitor.visit(ast.parse(text))
    return visitor.words


def of_shell(text):
    code = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    return [m[1] if m[1] is not None else m[2] for m in SHELL_STRING.finditer(code)]


READERS = {".c": of_c, ".h": of_c, ".def": of_c, ".asm": of_nasm, ".inc": of_nasm,
           ".py": of_python, ".sh": of_shell}


def messages(path, text):
    reader = READERS.get(Path(path).suffix)
    found = reader(text) if reader and text is not None else []
    return [" ".join(word.split()) for word in found if TWO_WORDS.search(word)]


def git(*arguments):
    return subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, text=True,
                          errors="replace", stdout=subprocess.PIPE).stdout


def at(revision, path):
    """A file's text at a revision; None if it did not exist."""
    shown = subprocess.run(["git", "-C", str(ROOT), "show", f"{revision}:{path}"], text=True,
                           errors="replace", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return shown.stdout if shown.returncode == 0 else None


def files_then_and_now(base, folders):
    """Pairs (path then, path now), either of them possibly None; renamed files are one pair."""
    now = set(git("ls-files", "--", *folders).split("\n")) - {""}
    then = {path: path for path in git("ls-tree", "-r", "--name-only", base, "--",
                                       *folders).split("\n") if path}
    for line in git("diff", "-M40", "--name-status", base, "--", *folders).splitlines():
        status, *paths = line.split("\t")
        if status.startswith("R"):
            then[paths[0]] = paths[1]
    pairs = [(old, new if new in now else None) for old, new in then.items()]
    pairs += [(None, new) for new in now - set(then.values())]
    return sorted(pairs, key=lambda pair: pair[1] or pair[0])


def rows(old, new):
    """Old and new list of messages side by side, in order."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        for i in range(max(len(before), len(after))):
            yield (before[i] if i < len(before) else None, after[i] if i < len(after) else None)


def cell(words):
    return words.replace("|", "\\|").replace("`", "'")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--base", default="HEAD", help="the commit to compare with")
    parser.add_argument("--changed", action="store_true", help="leave out what was kept")
    parser.add_argument("folders", nargs="*", default=FOLDERS)
    arguments = parser.parse_args()

    count = {"kept": 0, "changed": 0, "(new)": 0, "(removed)": 0}
    print("| file | old | new |\n|---|---|---|")
    for then, now in files_then_and_now(arguments.base, arguments.folders):
        old = messages(then, at(arguments.base, then)) if then else []
        new = messages(now, (ROOT / now).read_text(errors="replace")) if now else []
        for before, after in rows(old, new):
            kind = ("kept" if before == after else "(new)" if before is None
                    else "(removed)" if after is None else "changed")
            count[kind] += 1
            if kind != "kept" or not arguments.changed:
                shown = {"changed": after, "(new)": after}.get(kind, kind)
                print(f"| {now or then} | {cell(before or '(new)')} | {cell(shown)} |")
    print(", ".join(f"{number} {kind.strip('()')}" for kind, number in count.items()),
          file=sys.stderr)


if __name__ == "__main__":
    main()
