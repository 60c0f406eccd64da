"""The guide as committed matches sources, build and runs, and keeps its rules."""

import difflib

import pytest

import plan
import rules
import summary
from page import Mistake

CHAPTERS = [chapter.number for chapter in plan.written()]


def difference(path, old, new):
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), f"{path.name} as committed",
                                 f"{path.name} as it has to be", lineterm="", n=1)
    return "\n".join(lines)


@pytest.mark.parametrize("number", CHAPTERS)
def test_chapter_shows_what_sources_and_runs_give(number, filled):
    result = filled(number)
    if isinstance(result, Mistake):
        pytest.fail(str(result), pytrace=False)
    chapter = plan.chapter(number)
    for path, text in {chapter.path: result.text, **result.files}.items():
        committed = path.read_text() if path.exists() else ""
        assert committed == text, (f"`make guide-update CHAPTER={number}` writes it again:\n"
                                   + difference(path, committed, text))


@pytest.mark.parametrize("number", CHAPTERS)
def test_chapter_has_no_pictures_of_markers_that_are_gone(number, filled):
    if isinstance(filled(number), Mistake):
        pytest.fail("see test_chapter_shows_what_sources_and_runs_give", pytrace=False)
    there = {path for folder in ("drawings", "screens")
             for path in (plan.GUIDE / folder).glob(f"{number}-*")}
    assert there == filled(number).files.keys()


@pytest.mark.parametrize("number", CHAPTERS)
def test_chapter_keeps_the_rules(number):
    found = rules.check(plan.chapter(number))
    assert not found, "\n" + "\n".join(found)


def test_index_points_and_glossary_are_those_of_the_chapters():
    for path, text in summary.pages().items():
        assert path.read_text() == text, f"`make guide-pages` writes {path.name} again"


def test_every_page_of_the_folder_is_in_the_plan():
    known = {chapter.path for chapter in plan.chapters()} | summary.pages().keys()
    assert set(plan.GUIDE.glob("*.md")) <= known


def test_every_step_belongs_to_a_chapter_that_is_written():
    folders = {path.name for path in plan.STEPS.iterdir()}
    assert folders <= set(CHAPTERS)


def test_at_most_eight_points_have_nothing_to_see():
    rows = summary.pages()[summary.LEARN].splitlines()
    assert sum("nothing to see:" in row for row in rows) <= 8
