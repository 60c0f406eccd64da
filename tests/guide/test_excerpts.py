"""Excerpts find what they name, once, and report it if they do not."""

import pytest

import excerpts
from page import Mistake

SOURCE = """\
; first - does one thing
first:
        mov     ax, 1
.again:
        loop    .again
        ret

; second - does another
global second
second:
        call    first
        ; falls through
third:
        ret
section .data
"""


def lines_of(**options):
    lines = SOURCE.splitlines()
    start, end = excerpts.span(lines, options)
    return lines[start:end]


def test_label_ends_before_the_next_ones_comment():
    assert lines_of(label="first")[0] == "first:"
    assert lines_of(label="first")[-1] == "        ret"


def test_local_label_ends_at_the_next_label_of_any_kind():
    assert lines_of(label=".again") == [".again:", "        loop    .again", "        ret"]
    assert lines_of(label=".again", of="first")[0] == ".again:"


def test_comment_inside_stays():
    assert lines_of(label="second")[-1] == "        ; falls through"


def test_patterns_are_inclusive():
    assert lines_of(**{"from": "^second:", "to": "^third:"})[-1] == "third:"


@pytest.mark.parametrize("options", [{"label": "fourth"}, {"line": "ret"}, {"line": "nothing"},
                                     {"from": "^first:", "to": "nothing"}, {"label": ".again", "of": "third"},
                                     {}])
def test_what_is_not_there_once_is_a_mistake(options):
    with pytest.raises(Mistake):
        lines_of(**options)


def test_function_of_c_by_its_name():
    text = excerpts.excerpt("docs/example/kernel.c", {"function": "kernel"})
    assert text.startswith("```c\nvoid kernel(") and text.endswith("\n}\n```\n")
    with pytest.raises(Mistake, match="matches 0 lines"):
        excerpts.excerpt("docs/example/kernel.c", {"function": "kernels"})


def test_a_missing_file_is_a_mistake():
    with pytest.raises(Mistake, match="no such file"):
        excerpts.excerpt("stage1/stage2.asm", {"all": "yes"})
