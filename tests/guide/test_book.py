"""`make guide` makes a book without a warning, and its pages pass their tests in Chromium
(book.test.mjs)."""

import re
import subprocess
import sys

import pytest

import plan
from front_door import ENVIRONMENT
from machine import require
from project import BUILD, IMAGE, ROOT

MAKING, OPENING = 300, 600      # seconds


def run(*command, limit, **environment):
    """The output of a command that has to succeed without a warning."""
    result = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT | environment, text=True,
                            timeout=limit, check=False, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert result.returncode == 0, result.stdout
    return result.stdout


@pytest.fixture(scope="module")
def book():
    """The folder with the pages, beside the live page to which they link."""
    for program in ("chromium", "node", "npm"):
        require(program)
    run(sys.executable, "-B", "tools/live/live.py", IMAGE, "--build", BUILD, limit=MAKING)
    output = run("sh", "tools/guide/book/make.sh", BUILD, sys.executable, limit=MAKING)
    assert "warning" not in output.lower(), output
    if not (ROOT / "tests/node_modules").is_dir():
        run("npm", "ci", "--prefix", "tests", "--no-audit", "--no-fund", limit=MAKING)
    return BUILD / "guide"


def test_pages_of_the_book_pass_their_tests_in_chromium(book):
    output = run("node", "--test", "tests/guide/book.test.mjs", limit=OPENING, BUILD=str(BUILD),
                 CI="true")
    passed = int(re.search(r"^(?:#|ℹ) pass (\d+)", output, re.M)[1])
    assert passed > len(list(book.glob("*.html")))


def test_book_is_printed_with_its_answers_unfolded(book):
    assert (BUILD / "guide.pdf").read_bytes().startswith(b"%PDF")
    page = (BUILD / "guide-print.html/index.html").read_text()
    assert "<details" not in page
    assert len(re.findall(r"<h\d[^>]*>Answers<", page)) == len(plan.written())
