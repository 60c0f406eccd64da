"""Which mnemonics and directives of assembly a page shows, and which it explains."""

import re

from page import BLOCK, FENCE
from plan import STEPS

SAME = {"jz": "je", "jnz": "jne", "jc": "jb", "jnae": "jb", "jnc": "jae", "jnb": "jae", "jna": "jbe",
        "jnbe": "ja", "jnge": "jl", "jnl": "jge", "jng": "jle", "jnle": "jg", "loopz": "loope",
        "loopnz": "loopne", "repe": "rep", "repz": "rep", "pushaw": "pusha", "popaw": "popa",
        "retq": "ret", "callq": "call", "pushq": "push", "popq": "pop", "jmpq": "jmp",
        "movabs": "mov", "pushal": "pushad", "popal": "popad", "iretd": "iret", "ljmp": "jmp",
        "movsl": "movsd", "cdq": "cwd", "sal": "shl", "movs": "movsb", "lods": "lodsb", "stos": "stosb",
        "cmps": "cmpsb", "scas": "scasb"}
# what can stand before an instruction, and what NASM writes where one stands
PREFIXES = {"rep", "repe", "repz", "repne", "repnz", "lock", "times"}
DATA16 = {"data16", "addr32", "cs", "ds", "es", "ss"}
DIRECTIVES = {"bits", "org", "section", "global", "extern", "align", "default", "struc", "istruc"}
DISASSEMBLY = re.compile(r"^(?:=> | {3})[0-9A-F:]+ +(?:[0-9a-f]{2})+ +(\S+)(.*)$", re.M)
OBJDUMP = re.compile(r"^ *[0-9a-f]+:\t(?:[0-9a-f]{2} )+ *\t(\S+)(.*)$", re.M)


def words_of_line(line):
    """The mnemonics of a line of NASM: most have one, `rep movsd` two."""
    line = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "''", line).split(";")[0]
    if re.match(r"\s*%", line):
        return [line.split()[0].lower()] if line.split() else []
    line = re.sub(r"^\s*[.\w$?@]+:\s*", "", line)
    if not line.strip():
        return []
    words = line.split()
    if len(words) > 1 and words[1].lower() == "equ":
        return ["equ"]
    if not line[0].isspace() and words[0].lower() not in DIRECTIVES and \
            not (len(words) == 1 or words[0].islower()):
        return []
    return _with_prefixes(words)


def _with_prefixes(words):
    found = []
    for word in words:
        word = word.lower().strip(",")
        if word in DATA16:
            continue
        if re.fullmatch(r"[a-z][a-z0-9]*", word):
            found.append(word)
        if word not in PREFIXES:
            break
        if word == "times":                     # its count may be an expression of any length
            rest = [w.lower() for w in words[1:]]
            found += [w for w in rest if re.fullmatch(r"d[bwdq]|nop", w)][:1]
            break
    return found


def name(word):
    return SAME.get(word.lower(), word.lower())


def shown(page):
    """{name} of all that a chapter's code, sessions and steps show."""
    found = set()
    for block in BLOCK.finditer(page.text):
        for fence in FENCE.finditer(block[3]):
            language, text = fence[2], fence[3]
            if language == "nasm":
                found |= {name(w) for line in text.splitlines() for w in words_of_line(line)}
            for mnemonic, rest in DISASSEMBLY.findall(text) + OBJDUMP.findall(text):
                found |= {name(w) for w in _with_prefixes([mnemonic, *rest.split()])}
    for path in sorted((STEPS / page.front.number).glob("*.asm")):
        found |= {name(w) for line in path.read_text().splitlines() for w in words_of_line(line)}
    return found - {"(bad)"}


def explained(page):
    """{name: position} of what a chapter explains: bold code."""
    found = {}
    for match in re.finditer(r"\*\*`([^`]+)`\*\*", page.masked):
        for word in re.split(r"[ ,/]+", match[1]):
            found.setdefault(name(word), match.start())
    return found
