"""Terms in the book: explained by hover, linked to the glossary, and listed in the index.

The front comments of the chapters are the one glossary; in the text a term is bold where it is
explained.
"""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

import plan
import rules
import summary
from page import Page

NOT_IN = (addnodes.pending_xref, nodes.literal, nodes.literal_block, nodes.reference, nodes.title,
          nodes.strong, nodes.raw, nodes.Invisible, nodes.FixedTextElement, nodes.table)


def everything():
    """[(pattern, term, chapter's number, meaning)], longer terms first."""
    found = {chapter.number: Page(chapter.path) for chapter in plan.written()}
    rows = []
    for term, (number, others, meaning) in summary.terms(found).items():
        is_everyday = rules.EVERYDAY in others
        spelt = rules.spellings(term, [other for other in others if other != rules.EVERYDAY])
        rows.append((re.compile(spelt), term, number, meaning, is_everyday))
    return sorted(rows, key=lambda row: -len(row[1]))


def anchor(term):
    return "term-" + re.sub(r"\W+", "-", term.lower()).strip("-")


class Terms(SphinxTransform):
    default_priority = 500      # before the domains look for index entries

    def apply(self, **_):
        self.document.settings.env.guide_terms = getattr(
            self.document.settings.env, "guide_terms", None) or everything()
        name = self.env.docname
        if name == summary.GLOSSARY.stem:
            self.glossary()
        match = re.match(r"(\d\d)-", name)
        if match:
            self.explained_here()
            self.hover([row for row in self.env.guide_terms if row[2] <= match[1]], match[1])

    def glossary(self):
        """Rows that can be linked to."""
        for row in self.document.findall(nodes.row):
            if isinstance(row.parent, nodes.tbody):
                row["ids"].append(anchor(row[0].astext()))

    def explained_here(self):
        """An index entry for each term or instruction in bold."""
        for strong in list(self.document.findall(nodes.strong)):
            words = " ".join(strong.astext().split())
            if words.endswith("."):
                continue
            is_code = any(isinstance(child, nodes.literal) for child in strong.children)
            where = f"explains-{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-')}"
            entry = f"{words} (instruction)" if is_code else words
            index = addnodes.index(entries=[("single", entry, where, "", None)])
            strong["ids"].append(where)
            strong["classes"].append("explained")
            strong.parent.insert(strong.parent.index(strong), index)

    def hover(self, terms, number):
        """The first use of a term in each section, but for the section that explains it."""
        seen = {}
        for text in list(self.document.findall(nodes.Text)):
            if _is_inside(text, NOT_IN):
                continue
            section = _section(text)
            done = seen.setdefault(id(section), _explained_in(section))
            parts = _split(text.astext(), terms, done)
            if len(parts) > 1:
                _replace(text, parts)


def _is_inside(node, kinds):
    while node is not None:
        if isinstance(node, kinds):
            return True
        node = node.parent
    return False


def _section(node):
    while node.parent is not None and not isinstance(node, nodes.section):
        node = node.parent
    return node


def _explained_in(section):
    return {" ".join(strong.astext().split()).lower() for strong in section.findall(nodes.strong)}


def _split(text, terms, done):
    """[text, (term, meaning, as it is written), text, ...]"""
    for pattern, term, _, meaning, _ in terms:
        if term.lower() in done:
            continue
        match = pattern.search(text)
        if match:
            done.add(term.lower())
            return [*_split(text[:match.start()], terms, done), (term, meaning, match[0]),
                    *_split(text[match.end():], terms, done)]
    return [text]


def _replace(text, parts):
    new = []
    for part in filter(None, parts):
        if isinstance(part, str):
            new.append(nodes.Text(part))
            continue
        term, meaning, written = part
        link = nodes.reference("", written, internal=True,
                               refuri=f"{summary.GLOSSARY.stem}.html#{anchor(term)}")
        link["classes"].append("term")
        link["reftitle"] = meaning
        new.append(link)
    text.parent.replace(text, new)


def setup(app):
    app.add_transform(Terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
