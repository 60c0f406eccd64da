"""The rules that a chapter keeps and that need no run: what is missing, in sentences."""

import re

import assembly
import plan
from fill import unread
from page import BOLD, LIVE, Mistake, Page, plain

WORDS = 2500            # of prose in a chapter
QUESTIONS = 5
FIXED = ("See it happen", "How it goes wrong", "What real machines do differently", "Five questions",
         "Further reading")
# among a term's spellings: a word of everyday language, whose use before its chapter says nothing
EVERYDAY = "everyday"
# words that make a reader feel stupid who did not find it so
NEVER = r"\b(simply|just|easy|easily|obvious|obviously|of course|trivial|trivially|clearly)\b"


def before(chapter):
    """The pages of the written chapters before this one, in their order."""
    return [Page(c.path) for c in plan.written() if c.number < chapter.number]


def check(chapter):
    """One line for each thing that is wrong; the page's name begins it."""
    page = Page(chapter.path)
    earlier = before(chapter)
    try:
        found = [*front(chapter, page), *shape(page), *length(page), *language(page),
                 *terms(chapter, page), *mnemonics(chapter, page, earlier), *questions(page),
                 *links(page), *instants(page), *steps(chapter, page), *numbers(page), *unread(page)]
    except Mistake as mistake:
        found = [str(mistake)]
    return [line if line.startswith(page.path.name) else f"{page.path.name}: {line}" for line in found]


def front(chapter, page):
    if page.front.number != chapter.number:
        yield f"it does not begin with <!-- chapter {chapter.number}"
    sessions = {block.name for block in page.blocks}
    for point in chapter.points.keys() - page.front.learn.keys():
        yield f"no line `learn: {point} ...`: {chapter.points[point]}"
    for point in page.front.learn.keys() - chapter.points.keys():
        yield f"`learn: {point}` is not a point of this chapter (plan.txt)"
    for point, entry in page.front.learn.items():
        if "nothing" not in entry and entry.get("session") not in sessions:
            yield f"learn: {point}: there is no marker named {entry.get('session')}"
        if not entry.get("question", "").isdigit() or int(entry["question"]) > len(page.questions):
            yield f"learn: {point}: there is no question {entry.get('question')}"


def shape(page):
    if len(re.findall(r"^# ", page.masked, re.M)) != 1:
        yield "it has one heading of the first level, its title"
    headings = re.findall(r"^## (.*)$", page.masked, re.M)
    if tuple(headings[-len(FIXED):]) != FIXED:
        yield f"its last five headings are {', '.join(FIXED)}; they are {', '.join(headings[-5:])}"
    if not any(block.kind == "drawing" for block in page.blocks):
        yield "it has no drawing"
    if not any(block.kind in ("gdb", "prompt") for block in page.blocks):
        yield "it has no session"


def length(page):
    words = len(re.findall(r"[\w'’-]+", plain(page.prose)))
    if words > WORDS:
        yield f"{words} words of prose, {WORDS} at most"


def language(page):
    for match in re.finditer(NEVER, page.masked, re.I):
        around = " ".join(page.masked[max(0, match.start() - 30):match.end() + 20].split())
        yield f"it tells the reader that something is simple: “{around}”"
    for line in page.text.splitlines():
        if re.match(r"<<<<<<<|>>>>>>>", line):
            yield f"a conflict of git is not resolved: {line[:60]}"
        if re.match(r"<!-- number", line):
            yield f"a line begins with a number's marker, which makes it HTML: {line[:60]}"


def spellings(term, others):
    """A pattern for a term and its other spellings; capitals matter in abbreviations only."""
    parts = []
    for text in (term, *others):
        letters = re.escape(text)
        if re.fullmatch(r"[a-z].*", text):
            letters = f"[{text[0]}{text[0].upper()}]{re.escape(text[1:])}"
        parts.append(letters.replace(r"\ ", r"\s+"))
    return r"(?<![\w-])(?:" + "|".join(parts) + r")(?:s|es)?(?![\w-])"


def without_names(text):
    """Blanks the title and the texts of links to chapters: they may name what is explained there."""
    return re.sub(r"^# .*$|\[[^\]]*\]\([^)]*\)", lambda m: re.sub(r"[^\n]", " ", m[0]), text,
                  flags=re.M)


def terms(chapter, page):
    text = without_names(page.masked)
    bold = [" ".join(match[1].split()) for match in BOLD.finditer(page.masked)
            if not match[1].startswith("`") and not match[1].endswith(".")]
    for word in sorted({word for word in bold if bold.count(word) > 1}):
        yield f"**{word}** is bold more than once; bold marks the place where a term is explained"
    known = {name for c in plan.written() if c.number <= chapter.number
             for term, (others, _) in Page(c.path).front.terms.items() for name in (term, *others)}
    own = {name.lower() for term, (others, _) in page.front.terms.items() for name in (term, *others)}
    for word in bold:
        if word.lower() not in own:
            yield f"**{word}** is bold and not a `term:` of the front comment"
    for term, (others, meaning) in page.front.terms.items():
        pattern = spellings(term, [other for other in others if other != EVERYDAY])
        places = [match.start() for match in BOLD.finditer(page.masked)
                  if re.fullmatch(pattern, match[1])]
        if not places:
            yield f"term {term}: it is explained where it is bold, and it is nowhere bold"
        elif EVERYDAY not in others and (use := re.search(pattern, text[:places[0]])):
            yield f"term {term}: used before it is explained: “{around(text, use)}”"
        if not meaning.endswith("."):
            yield f"term {term}: what it means is a sentence: {meaning!r}"
    for name in known:              # "reset vector" is not a use of "vector"
        if " " in name:
            text = re.sub(spellings(name, ()), lambda match: " " * len(match[0]), text)
    for later in plan.written():
        if later.number <= chapter.number:
            continue
        for term, (others, _) in Page(later.path).front.terms.items():
            if term not in known and EVERYDAY not in others and (use := re.search(spellings(term, others), text)):
                yield (f"term {term}: chapter {later.number} explains it; here it is used in "
                       f"“{around(text, use)}” (a link to {later.file} may name it)")


def around(text, match):
    return " ".join(text[max(0, match.start() - 40):match.end() + 20].split())


def mnemonics(chapter, page, earlier):
    explained = assembly.explained(page)
    taught = {name: other.path.name for other in earlier for name in assembly.explained(other)}
    is_whole = all(c.is_written for c in plan.chapters() if c.number < chapter.number)
    missing = assembly.shown(page) - explained.keys() - taught.keys()
    for name in sorted(missing if is_whole else ()):
        yield f"{name.upper()} is shown and explained nowhere: **`{name.upper()}`** where it is"
    for name in sorted(explained.keys() & taught.keys()):
        yield f"{name.upper()} is explained in {taught[name]} already"


def questions(page):
    found = page.questions
    if len(found) != QUESTIONS:
        yield f"{len(found)} questions, not {QUESTIONS}"
    for number, (_, answer) in enumerate(found, 1):
        if not answer:
            yield f"question {number} has no answer"


def links(page):
    files = {c.file for c in plan.chapters()}
    for target in re.findall(r"\]\(([^)\s]+)\)", page.text):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            yield f"a link to another site, which nothing here can follow: {target}"
        elif path and path not in files and not (page.path.parent / path).exists():
            yield f"a link to {target}, which does not exist"


def instants(page):
    if not LIVE.search(page.text):
        yield "it has no link to an instant of the live page: <!-- live at=PLACE see=\"...\" -->"
    for line in page.text.splitlines():
        if line.startswith("<!-- live") and not LIVE.fullmatch(line):
            yield f"not a link to an instant, at=PLACE see=\"...\": {line}"


def steps(chapter, page):
    used = {block.options.get("image") for block in page.blocks}
    for path in sorted((plan.STEPS / chapter.number).glob("*")):
        name = f"{chapter.number}/{path.stem}"
        if path.suffix not in (".asm", ".c"):
            yield f"steps/{chapter.number}/{path.name}: a step is one .asm or .c file"
        elif name not in used:
            yield f"steps/{name}: no session and no screen of the chapter runs it"


def numbers(page):
    for match in re.finditer(r"<!-- number.*?\n", page.text):
        if "<!-- /number -->" not in match[0]:
            yield f"a number's marker is not closed in its line: {match[0].strip()[:60]}"
