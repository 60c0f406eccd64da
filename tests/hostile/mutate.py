"""Finds every conditional in a source file, and inverts one.

NASM: conditional jumps and sets, and LOOPZ.  C: the conditions of if, while, for and ?:.
The text around them is left as it is: a mutant is the source with one line changed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from project import ROOT

SOURCES = [
    *(f"stage1/{path.name}" for path in sorted((ROOT / "stage1").glob("*.asm"))),
    *(f"stage2/{path.name}" for path in sorted((ROOT / "stage2").glob("load_*.asm"))),
    "stage2/disk.c", "stage2/geometry.c", "stage2/a20.c", "stage2/a20_open.c",
    "stage2/memory_map.c", "stage2/memory_ranges.c",
]

PAIRS = [("c", "nc"), ("z", "nz"), ("e", "ne"), ("a", "be"), ("b", "ae"), ("s", "ns"),
         ("g", "le"), ("l", "ge")]
OPPOSITE = {f"j{a}": f"j{b}" for pair in PAIRS for a, b in (pair, pair[::-1])}
OPPOSITE |= {f"set{a}": f"set{b}" for pair in PAIRS for a, b in (pair, pair[::-1])}
OPPOSITE |= {"loopz": "loopnz", "loopnz": "loopz", "loope": "loopne", "loopne": "loope"}


@dataclass(frozen=True)
class Mutation:
    source: str
    line: int
    key: str                    # the file, the line's text, and its number if several are alike
    start: int
    end: int
    replacement: str

    def text(self):
        original = (ROOT / self.source).read_text()
        return original[:self.start] + self.replacement + original[self.end:]


def _blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def _closing(text, at):
    """The position of the bracket that closes the one at `at`."""
    depth = 0
    for end in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth == 0:
            return end
    raise ValueError("unbalanced brackets")


def _in_assembly(text):
    code = re.sub(r";.*", _blank, text)
    for match in re.finditer(r"^[ \t]+(\w+)[ \t]", code, re.M):
        if match[1] in OPPOSITE:
            yield match.start(1), match.end(1), OPPOSITE[match[1]]


def _start_of_condition(code, question):
    """Where the condition before a `?` begins."""
    depth = 0
    for at in range(question - 1, -1, -1):
        character = code[at]
        depth += {")": 1, "(": -1}.get(character, 0)
        is_assignment = character == "=" and code[at - 1] not in "=!<>" and code[at + 1] != "="
        if depth < 0 or depth == 0 and (character in ",;{" or is_assignment):
            return at + 1
        if depth == 0 and re.match(r"return\b", code[at:]):
            return at + len("return")
    raise ValueError("no condition before ?")


def _in_c(text):
    code = re.sub(r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", _blank, text, flags=re.S)
    for match in re.finditer(r"\b(if|while|for) \(", code):
        start, end = match.end(), _closing(code, match.end() - 1)
        if match[1] == "for":
            _, condition, _ = code[start:end].split(";")
            if not condition.strip():
                continue
            start = code.index(";", start) + 1
            end = start + len(condition)
        yield start, end, f"!({text[start:end].strip()})"
    for match in re.finditer(r" \? ", code):
        start = _start_of_condition(code, match.start())
        start += len(code[start:]) - len(code[start:].lstrip())
        yield start, match.start(), f"!({text[start:match.start()].strip()})"


def mutations(source):
    """All conditionals of a file, in the order of their lines."""
    text = (ROOT / source).read_text()
    find = _in_c if Path(source).suffix == ".c" else _in_assembly
    seen, found = {}, []
    for start, end, replacement in sorted(find(text)):
        line = text.count("\n", 0, start) + 1
        content = " ".join(text.splitlines()[line - 1].split(";")[0].split()
                           if source.endswith(".asm") else text.splitlines()[line - 1].split())
        label = f"{source}: {content}"
        seen[label] = seen.get(label, 0) + 1
        key = label if seen[label] == 1 else f"{label} #{seen[label]}"
        found.append(Mutation(source, line, key, start, end, replacement))
    return found


def all_mutations():
    return [mutation for source in SOURCES for mutation in mutations(source)]
