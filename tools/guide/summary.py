"""The pages that are made from all chapters' front comments: the preface's list of chapters, the
table of points, the glossary.
"""

import json
import re

import plan
from page import Mistake, Page

README, LEARN, GLOSSARY = (plan.GUIDE / name for name in ("README.md", "learn.md", "glossary.md"))


def pages():
    """{path: text} of the three."""
    found = {chapter.number: Page(chapter.path) for chapter in plan.written()}
    return {README: between(README, "chapters", chapter_rows()),
            LEARN: between(LEARN, "rows", point_rows(found)),
            GLOSSARY: between(GLOSSARY, "terms", term_rows(found))}


def between(path, mark, lines):
    """The page with new lines between its two marks."""
    text = "".join(f"{line}\n" for line in lines)
    result, count = re.subn(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)",
                            lambda match: f"{match[1]}\n{text}\n{match[2]}", path.read_text(),
                            flags=re.S)
    if count != 1:
        raise Mistake(f"{path.name}: there has to be one <!-- {mark} -->")
    return result


def title(chapter):
    """The title as the chapter itself has it, once it is written."""
    if not chapter.is_written:
        return chapter.title
    return re.search(r"^# (.*)$", chapter.path.read_text(), re.M)[1]


def chapter_rows():
    return [f"- {int(chapter.number)}. " + (f"[{title(chapter)}]({chapter.file})" if chapter.is_written
                                            else f"{chapter.title} (not written yet)")
            for chapter in plan.chapters()]


def labs():
    """{chapter: links to the labs (docs/labs/) that go with it}"""
    found = {}
    for path in sorted((plan.GUIDE.parent / "labs").glob("*/lab.json")):
        lab = json.loads(path.read_text())
        link = f"[{lab['number']}](../labs/{path.parent.name}/README.md)"
        found.setdefault(lab["chapter"], []).append(link)
    return {chapter: ", ".join(links) for chapter, links in found.items()}


def point_rows(found):
    rows = ["| what | chapter | where it is seen | question | lab |", "|---|---|---|---|---|"]
    labs_of = labs()
    for chapter in plan.chapters():
        learn = found[chapter.number].front.learn if chapter.number in found else {}
        for point, text in chapter.points.items():
            if point not in learn:
                rows.append(f"| {text} | {int(chapter.number)} | not written yet | | |")
                continue
            entry = learn[point]
            seen = (f"`{entry['session']}`" if "session" in entry
                    else f"nothing to see: {entry.get('nothing', '')}")
            rows.append(f"| {text} | [{int(chapter.number)}]({chapter.file}) | {seen} | "
                        f"{entry.get('question', '')} | {labs_of.get(chapter.number, '')} |")
    return rows


def terms(found):
    """{term: (number of its chapter, other spellings, meaning)}"""
    return {term: (number, others, meaning) for number, page in found.items()
            for term, (others, meaning) in page.front.terms.items()}


def term_rows(found):
    rows = ["| term | what it means | chapter |", "|---|---|---|"]
    everything = terms(found)
    for term in sorted(everything, key=str.lower):
        number, _, meaning = everything[term]
        file = plan.chapter(number).file
        rows.append(f"| {term} | {meaning} | [{int(number)}]({file}) |")
    return rows
