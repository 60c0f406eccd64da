"""The tools of the guide, and its chapters filled again from sources, build and runs."""

import sys
from functools import cache

import pytest

from project import BUILD, ROOT

sys.path.append(str(ROOT / "tools/guide"))
from concurrent.futures import ThreadPoolExecutor  # noqa: E402

import fill  # noqa: E402
import plan  # noqa: E402
from page import Mistake, Page  # noqa: E402


@pytest.fixture(scope="session")
def filled():
    """A function: a chapter's number -> a Filled, or the Mistake; two machines at a time, each
    chapter once, and only those that a test asks for."""
    chapters = {chapter.number: chapter for chapter in plan.written()}
    with ThreadPoolExecutor(fill.PARALLEL) as executor:
        @cache
        def filled_once(number):
            try:
                return fill.fill(Page(chapters[number].path), BUILD, executor)
            except Mistake as mistake:
                return mistake

        yield filled_once
