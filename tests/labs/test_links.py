"""The links that students write: the numbers of their checks are those of layout.h."""

import re

from project import LAYOUT, ROOT


def test_numbers_of_the_checks_are_those_of_layout_h():
    text = (ROOT / "tools/labs/links.mjs").read_text()
    statements = re.findall(r"^export const ((?:[A-Z0-9_]+ = \w+(?:, )?)+);", text, re.M)
    numbers = {name: int(value, 0) for statement in statements for name, value in re.findall(r"(\w+) = (\w+)", statement)}
    assert len(numbers) > 8
    assert numbers == {name: LAYOUT[name] for name in numbers}
