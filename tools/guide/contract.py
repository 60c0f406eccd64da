"""Numbers of the contract, for the middle of a sentence."""

import re
from functools import lru_cache

from page import Mistake
from plan import ROOT  # noqa: F401  (puts tools/shared on the path)
from firstlight import bits, headers


@lru_cache
def _written_in_hex():
    text = "".join(path.read_text() for path in sorted(headers.INCLUDE.glob("*.h")))
    return set(re.findall(r"^#define (\w+) 0x", text, re.M))


def _value(term):
    if "." in term:
        register, name = term.split(".")
        for bit in bits.bits_of(register):
            if bit.name == name:
                return bit.number
    elif term in headers.constants():
        return headers.constants()[term]
    elif re.fullmatch(r"0x[0-9a-fA-F]+|\d+", term):
        return int(term, 0)
    raise Mistake(f"number: there is no {term} in include/")


def value(expression):
    """A name, or a sum or difference of names and numbers."""
    parts = re.split(r"([+-])", expression.replace(" ", ""))
    total = _value(parts[0])
    for sign, term in zip(parts[1::2], parts[2::2]):
        total += _value(term) if sign == "+" else -_value(term)
    return total


def hexadecimal(number):
    return f"{number:X}h"


def text(words):
    """What appears in the text for "NAME", "NAME dec" or "A-B hex"."""
    *expression, form = words.split() if words.split()[-1] in ("dec", "hex") else [*words.split(), ""]
    expression = "".join(expression)
    number = value(expression)
    first = re.split(r"[+-]", expression)[0]
    if form == "hex" or (not form and first in _written_in_hex()):
        return hexadecimal(number)
    return f"{number:,}" if number >= 10000 else str(number)
