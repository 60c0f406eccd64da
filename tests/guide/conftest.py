"""The tools of the guide, and its chapters filled again from sources, build and runs."""

import sys

import pytest

from project import BUILD, ROOT

sys.path.append(str(ROOT / "tools/guide"))
from concurrent.futures import ThreadPoolExecutor  # noqa: E402

import fill  # noqa: E402
import plan  # noqa: E402
from page import Mistake, Page  # noqa: E402


@pytest.fixture(scope="session")
def filled():
    """{number: a Filled, or the Mistake}: all chapters once, two machines at a time."""
    found = {}
    with ThreadPoolExecutor(fill.PARALLEL) as executor:
        for chapter in plan.written():
            try:
                found[chapter.number] = fill.fill(Page(chapter.path), BUILD, executor)
            except Mistake as mistake:
                found[chapter.number] = mistake
    return found
