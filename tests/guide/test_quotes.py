"""Each answer of the guide rests on sentences that a reader of the chapters so far has read.

tests/guide/quotes/NN.txt has an entry for each question of chapter NN: the question, a stamp of its
answer, and a line for each sentence that the answer rests on, with the chapter where it stands.  A
changed question or answer fails here, so that somebody looks at its quotes again.  twenty.txt asks
about the whole boot, and holds the answers as well.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

import plan
from page import Page, plain, stamp

QUOTES = Path(__file__).parent / "quotes"
CHAPTERS = [chapter.number for chapter in plan.written()]
LAST = CHAPTERS[-1]
TWENTY = "twenty"

ENTRY = re.compile(r"\d+\. (.*)")
ANSWER_STAMP = re.compile(r"   answer ([0-9a-f]{8})")
ANSWER = re.compile(r"   = (.*)")
QUOTE = re.compile(r"   (\d\d) (.*)")

NOT_PROSE = re.compile(r"#+ |    |\|-")         # headings, commands, the line below a table's head
PARAGRAPH_START = re.compile(r"- |\d+\. |\|")
SENTENCE_END = re.compile(r"""(?<=[.?!])([*_`"”)]*)\s+(?=[A-Z0-9#"“(`*\[])""")
WHOLE = re.compile(r"""[.?!:]["”)]*$""")


@dataclass
class Entry:
    question: str
    answer: str = ""
    answer_stamp: str = ""
    quotes: list = field(default_factory=list)      # [(chapter, sentence)]


def read_entries(text):
    """[Entry]; a line that starts with # is a comment."""
    entries = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if match := ENTRY.fullmatch(line):
            entries.append(Entry(match[1]))
        elif match := ANSWER_STAMP.fullmatch(line):
            entries[-1].answer_stamp = match[1]
        elif match := ANSWER.fullmatch(line):
            entries[-1].answer += match[1] + "\n"
        elif match := QUOTE.fullmatch(line):
            entries[-1].quotes.append((match[1], match[2]))
        else:
            pytest.fail(f"not a question, an answer or a quote: {line}", pytrace=False)
    return entries


@cache
def entries_of(name):
    return read_entries((QUOTES / f"{name}.txt").read_text())


def plain_quote(text):
    """The same as plain(), without the gap that a number's marker leaves before a full stop."""
    return re.sub(r" ([.,:;)])(?= |$)", r"\1", plain(text))


def paragraphs(prose):
    """The pieces that a sentence cannot go across: paragraphs, items of lists, rows of tables."""
    for part in re.split(r"\n\s*\n", prose):
        piece = []
        for line in part.splitlines():
            if NOT_PROSE.match(line):
                continue
            if PARAGRAPH_START.match(line):
                yield "\n".join(piece)
                piece = [re.sub(r"^(- |\d+\. )", "", line)]
            else:
                piece.append(line)
        yield "\n".join(piece)


def sentences(page):
    """What can be quoted from a page: whole sentences, and whole rows of tables; nothing that a
    program wrote, and nothing from the questions and their answers."""
    found = set()
    for paragraph in paragraphs(page.prose):
        if paragraph.startswith("|"):
            found.add(plain_quote(paragraph))
            continue
        marked = SENTENCE_END.sub(r"\1\0", paragraph)
        pieces = [plain_quote(piece) for piece in marked.split("\0")]
        found |= {piece for piece in pieces if WHOLE.search(piece)}
    return found


@cache
def sentences_of(chapter):
    return sentences(Page(plan.chapter(chapter).path))


def wrong_quotes(entry, last, sentences_of):
    """A line for each quote that a reader of the chapters up to `last` has not read as a sentence."""
    if not entry.quotes:
        yield f"no quote: {entry.question}"
    for chapter, quote in entry.quotes:
        if chapter > last:
            yield f"chapter {chapter} comes later: {quote}"
        elif plain_quote(quote) not in sentences_of(chapter):
            yield f"not a sentence of chapter {chapter}: {quote}"


def questions_of(page):
    return [(plain(question), stamp(plain(answer))) for question, answer in page.questions]


# ---- the chapters ----------------------------------------------------------------

@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_question_has_its_entry_and_neither_it_nor_its_answer_has_changed(chapter):
    entries = [(plain(entry.question), entry.answer_stamp) for entry in entries_of(chapter)]
    asked = questions_of(Page(plan.chapter(chapter).path))
    assert entries == asked, ("look at the quotes again: do they still say all of the answer?  Then "
                              f"write the question and the answer's stamp into quotes/{chapter}.txt")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_answer_rests_on_sentences_of_the_chapters_so_far(chapter):
    wrong = [line for entry in entries_of(chapter) for line in wrong_quotes(entry, chapter, sentences_of)]
    assert not wrong, "\n" + "\n".join(wrong)


def test_every_file_of_quotes_belongs_to_a_chapter_or_to_the_twenty():
    assert {path.stem for path in QUOTES.iterdir()} == {*CHAPTERS, TWENTY}


# ---- twenty questions about the boot ---------------------------------------------

def test_twenty_questions_are_asked_and_answered():
    entries = entries_of(TWENTY)
    assert len({entry.question for entry in entries}) == 20
    assert all(entry.answer for entry in entries)


def test_answers_to_the_twenty_rest_on_sentences_of_the_guide():
    wrong = [line for entry in entries_of(TWENTY) for line in wrong_quotes(entry, LAST, sentences_of)]
    assert not wrong, "\n" + "\n".join(wrong)


# ---- the test itself -------------------------------------------------------------

EXAMPLE = """\
# A title

The **gate** is closed. It opens at port 92h,
as `out` says: "Is it?" That is all. From <!-- number A -->7000h<!-- /number -->.

- *First.* A [fault](x.md) is early.
- no sentence

| CF | carry |
|---|---|

    make run

<!-- screen x -->
Generated.
<!-- /screen -->

<details><summary>1. Why `x`?</summary>

Folded away.

</details>
"""


def test_sentences_are_whole_and_neither_generated_nor_folded():
    assert sentences(Page("example.md", EXAMPLE)) == {
        "The gate is closed.", 'It opens at port 92h, as out says: "Is it?"', "That is all.",
        "From 7000h.", "First.", "A fault is early.", "| CF | carry |"}


def wrong_in_example(quote, text=EXAMPLE):
    entry, = read_entries(f"1. Why?\n   {quote}\n")
    return list(wrong_quotes(entry, "00", lambda _: sentences(Page("example.md", text))))


def test_sentence_of_the_example_is_a_good_quote():
    assert not wrong_in_example("00 The **gate** is closed.")


@pytest.mark.parametrize("quote, reason", [
    ("00 The gate is", "not a sentence"),
    ("00 It opens at port 92h", "not a sentence"),
    ("00 Folded away.", "not a sentence"),
    ("00 Generated.", "not a sentence"),
    ("01 The gate is closed.", "comes later"),
])
def test_wrong_quote_is_reported(quote, reason):
    wrong, = wrong_in_example(quote)
    assert reason in wrong


def test_removed_sentence_and_missing_quote_are_reported():
    assert wrong_in_example("00 That is all.", EXAMPLE.replace("That is all.", ""))
    assert list(wrong_quotes(Entry("Why?"), "00", None)) == ["no quote: Why?"]


def test_changed_question_and_changed_answer_are_noticed():
    asked = questions_of(Page("example.md", EXAMPLE))
    assert asked == [("Why x?", stamp("Folded away."))]
    assert asked != questions_of(Page("example.md", EXAMPLE.replace("Folded", "Put")))
