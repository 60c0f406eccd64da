"""A page of the guide: its front comment, its markers, and the text that a person wrote.

A marker is an opening comment, text that tools/guide/ writes, and a closing comment.  The page
is plain CommonMark, so nothing but these comments tells the two kinds of text apart.
"""

import hashlib
import re
import shlex
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

KINDS = ("excerpt", "gdb", "prompt", "host", "screen", "drawing")
BLOCK = re.compile(rf"^<!-- ({'|'.join(KINDS)})\b(.*?)-->\n(.*?)"
                   r"^<!-- /\1(?: read=([0-9a-f]{8}))? -->$", re.S | re.M)
OPENING = re.compile(rf"^<!-- ({'|'.join(KINDS)})\b", re.M)
NUMBER = re.compile(r"<!-- number ([^>]+?) -->(.*?)<!-- /number -->")
FENCE = re.compile(r"^(```+)(\w*)\n(.*?)^\1$", re.S | re.M)
COMMENT = re.compile(r"<!--.*?-->", re.S)
# an instant of the live page, and what is to be seen there: a link in the book, nothing elsewhere
LIVE = re.compile(r'^<!-- live at=(\S+) see="([^"]+)" -->$', re.M)
DETAILS = re.compile(r"^<details>.*?^</details>$", re.S | re.M)
BOLD = re.compile(r"\*\*([^*]+)\*\*")


class Mistake(Exception):
    """Something is wrong with a page; the text says what, and where."""


def stamp(text):
    """What a closing marker keeps of the generated text that a person has last read."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass
class Block:
    kind: str
    name: str               # the first word; a file for an excerpt
    options: dict
    lines: list             # of the opening comment, after its first one
    body: str
    read: str               # the stamp, or None
    span: tuple             # of the whole marker in the page's text
    opening: str            # the opening comment as it stands

    def with_body(self, body):
        """The marker with new text in it; the stamp stays, unless there is none yet."""
        return (f"{self.opening}{body}<!-- /{self.kind} "
                f"read={self.read or stamp(body)} -->")


def _block(match):
    kind, head, body, read = match.groups()
    first, _, rest = head.partition("\n")
    words = shlex.split(first)
    if not words:
        raise Mistake(f"a marker `{kind}` has no name: {match[0][:60]}")
    options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
    options |= {word: "yes" for word in words[1:] if "=" not in word}
    return Block(kind, words[0], options, [line for line in rest.splitlines() if line.strip()],
                 body, read, match.span(), match[0][:match.start(3) - match.start()])


@dataclass
class Front:
    """The comment that a chapter begins with."""
    number: str = ""
    learn: dict = field(default_factory=dict)       # {id: {"session" or "nothing", "question"}}
    terms: dict = field(default_factory=dict)       # {term: (other spellings, what it means)}


class Page:
    def __init__(self, path, text=None):
        self.path = Path(path)
        self.text = self.path.read_text() if text is None else text

    @cached_property
    def blocks(self):
        found = [_block(match) for match in BLOCK.finditer(self.text)]
        if len(found) != len(OPENING.findall(self.text)):
            raise Mistake(f"{self.path.name}: a marker is not closed, or closed by another kind: "
                          f"{len(OPENING.findall(self.text))} opened, {len(found)} whole ones")
        return found

    @cached_property
    def front(self):
        match = re.match(r"<!-- chapter (\d\d)\n(.*?)-->", self.text, re.S)
        if not match:
            return Front()
        front = Front(match[1])
        for line in filter(None, match[2].splitlines()):
            key, _, rest = line.partition(": ")
            if key == "learn":
                point, *options = shlex.split(rest)
                front.learn[point] = dict(option.split("=", 1) for option in options)
            elif key == "term":
                names, _, meaning = rest.partition(" = ")
                name, others = re.fullmatch(r"([^(]+?)(?: \((.*)\))?", names).groups()
                front.terms[name] = ([other.strip() for other in re.split("[,;]", others or "") if other],
                                     meaning)
            else:
                raise Mistake(f"{self.path.name}: the front comment has a line {line!r}")
        return front

    @cached_property
    def masked(self):
        """The text with everything that is not prose blanked out, at the same positions."""
        def blank(match):
            return re.sub(r"[^\n]", " ", match[0])

        text = BLOCK.sub(blank, self.text)
        text = re.sub(r"^<!-- (chapters|rows|terms) -->\n.*?^<!-- /\1 -->$", blank, text,
                      flags=re.S | re.M)
        return COMMENT.sub(blank, FENCE.sub(blank, text))

    @cached_property
    def prose(self):
        """The same without the questions and their answers."""
        return DETAILS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.masked)

    @property
    def questions(self):
        """[(what is asked, the answer)]"""
        found = []
        for part in DETAILS.findall(self.text):
            match = re.match(r"<details><summary>\d+\. (.*?)</summary>\n(.*)</details>", part, re.S)
            if match:
                found.append((match[1], COMMENT.sub("", match[2]).strip()))
        return found

    def paragraphs_beside(self, block):
        """The first words of the paragraphs before and after a marker."""
        before = [p for p in self.prose[:block.span[0]].split("\n\n") if p.strip()]
        after = [p for p in self.prose[block.span[1]:].split("\n\n") if p.strip()]
        return [" ".join(p.split())[:60] for p in before[-1:] + after[:1]]


def plain(text):
    """Prose without its marks: what a reader's quote of it looks like."""
    text = COMMENT.sub("", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`_]", "", text).split())
