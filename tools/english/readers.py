"""The strings of a source file that people read, one reader for each language.

A message is any string literal of two words or more.  Adjacent literals in C are one message.
Strings that nobody reads are left out: inline assembly, names of files and sections, regular
expressions.  messages.py makes the table.
"""

import ast
import html
import re
from pathlib import Path

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
NASM_STRING = re.compile(r"""^[^;\n]*?\b(?:d[bw]|print|value(?:32)?)\s+(?P<operands>[^;\n]*)""", re.M)
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


def is_command(node):
    """Whether this is a function under @command(...), whose docstring is what GDB's `help` prints."""
    return any(isinstance(above, ast.Call) and getattr(above.func, "id", "") == "command"
               for above in getattr(node, "decorator_list", []))


class PythonStrings(ast.NodeVisitor):
    """Collects literals; docstrings only of GDB's commands, which were classes once."""

    def __init__(self):
        self.words = []

    def visit_body(self, node):
        if ast.get_docstring(node) is not None:
            if isinstance(node, ast.ClassDef) or is_command(node):
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
    code = re.sub(r"(^|\s)#.*$", "", text, flags=re.M)
    return [m[1] if m[1] is not None else m[2] for m in SHELL_STRING.finditer(code)]


JS_TOKEN = re.compile(r"""
    (?P<comment> /\*.*?\*/ | //[^\n]* )
  | (?P<import> ^[ \t]*(?:import|export)\b[^;]*?\bfrom[^;\n]* )
  | (?P<string> '(?:\\.|[^'\\\n])*' | "(?:\\.|[^"\\\n])*" )
  | (?P<template> `(?:\\.|[^`\\])*` )
  | (?P<other> . )
""", re.X | re.S | re.M)
HTML_TEXT = re.compile(r"""<!--.*?-->|<(script|style)\b.*?</\1>"""
                       r"""|\b(?:title|aria-label|placeholder)="(?P<attribute>[^"]*)"|>(?P<text>[^<>]+)<""", re.S)
MAKE_TEXT = re.compile(r"""^[\w.-]+:.*?\#\#[ ](?P<help>.*)$
  | \$\((?:error|warning|info)[ ](?P<error>.*?)\)+$
  | ^\t.*?@?(?:echo|printf)[ ](?P<echo>'[^']*'|"[^"]*")""", re.X | re.M)


def of_javascript(text):
    """Literals in order; {} stands for the computed parts of a template."""
    return [re.sub(r"\$\{[^}]*\}", "{}", token[0][1:-1]) for token in JS_TOKEN.finditer(text)
            if token.lastgroup in ("string", "template")]


def of_html(text):
    """The text between tags, and the attributes that a browser shows or reads out."""
    return [html.unescape(m["attribute"] or m["text"]) for m in HTML_TEXT.finditer(text)
            if m["attribute"] or m["text"]]


def of_make(text):
    """The help of each command, and what recipes print."""
    lines = re.sub(r"\\\n\s*", " ", text)
    return [m["help"] or m["error"] or m["echo"] for m in MAKE_TEXT.finditer(lines)]


READERS = {".c": of_c, ".h": of_c, ".def": of_c, ".asm": of_nasm, ".inc": of_nasm,
           ".py": of_python, ".sh": of_shell, ".js": of_javascript, ".html": of_html, ".mk": of_make,
           "": of_make}


def messages(path, text):
    reader = READERS.get(Path(path).suffix)
    found = reader(text) if reader and text is not None else []
    return [" ".join(word.split()) for word in found if TWO_WORDS.search(word)]
