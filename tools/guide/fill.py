"""Fills the markers of a chapter: from the sources, the build and runs."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import drawing
import excerpts
import contract
import page as pages
import screens
import sessions

PARALLEL = 2            # machines that run at the same time


class Filled:
    """A chapter's new text and the files that belong to it: {path: text}."""

    def __init__(self, page, bodies, files):
        self.page, self.bodies, self.files = page, bodies, files

    @property
    def text(self):
        text, end = [], 0
        for block, body in zip(self.page.blocks, self.bodies):
            text += [self.page.text[end:block.span[0]], block.with_body(body)]
            end = block.span[1]
        text = "".join([*text, self.page.text[end:]])
        return pages.NUMBER.sub(
            lambda m: f"<!-- number {m[1]} -->{contract.text(m[1])}<!-- /number -->", text)


def _machine(block):
    """What a session shares with others of its chapter: a terminal's files, or a PC by its name."""
    return (block.kind, "" if block.kind == "host" else block.name)


def _jobs(page):
    """Lists of markers that have to be filled together, in their order in the page."""
    alone = [[block] for block in page.blocks if block.kind not in sessions.RUN]
    shared = sorted((block for block in page.blocks if block.kind in sessions.RUN), key=_machine)
    return alone + [list(group) for _, group in groupby(shared, key=_machine)]


def _fill(blocks, chapter, build):
    """[(body, {path: text})] for each of the blocks."""
    first = blocks[0]
    if first.kind == "excerpt":
        return [(excerpts.excerpt(first.name, first.options), {})]
    if first.kind == "screen":
        return [screens.run(first, chapter, build)]
    if first.kind == "drawing":
        return [drawing.run(first, chapter, build)]
    return [(body, {}) for body in sessions.run(blocks, build)]


def fill(page, build, executor=None):
    """A Filled; the machines run two at a time."""
    if executor is None:
        with ThreadPoolExecutor(PARALLEL) as own:
            return fill(page, build, own)
    chapter = page.front.number
    work = [(blocks, executor.submit(_fill, blocks, chapter, build)) for blocks in _jobs(page)]
    bodies, files, mistakes = {}, {}, []
    for blocks, future in work:
        try:
            for block, (body, more) in zip(blocks, future.result()):
                bodies[block.span] = body
                files |= more
        except (pages.Mistake, re.error) as mistake:
            mistakes.append(f"{page.path.name}: {blocks[0].kind} {blocks[0].name}: {mistake}")
    if mistakes:
        raise pages.Mistake("\n".join(mistakes))
    return Filled(page, [bodies[block.span] for block in page.blocks], files)


def unread(page):
    """A line for each marker whose text changed since the paragraphs beside it were last read."""
    return [f"{page.path.name}: {block.kind} {block.name} changed; read again: "
            + " / ".join(f"“{words}...”" for words in page.paragraphs_beside(block))
            for block in page.blocks if block.read and block.read != pages.stamp(block.body)]


def read_again(page):
    """The text with the stamps of what stands there now."""
    text, end = [], 0
    for block in page.blocks:
        block.read = pages.stamp(block.body)
        text += [page.text[end:block.span[0]], block.with_body(block.body)]
        end = block.span[1]
    return "".join([*text, page.text[end:]])
