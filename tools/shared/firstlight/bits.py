"""Register bits in words, from include/register_bits.def."""

from functools import lru_cache
from typing import NamedTuple

from firstlight import headers


class Bit(NamedTuple):
    number: int
    name: str
    meaning: str


@lru_cache
def bits_of(register):
    return [Bit(number, name, meaning) for where, number, name, meaning
            in headers.table("register_bits.def", "REGISTER_BIT") if where == register]


@lru_cache
def mask(register, name):
    """The bit as a number: mask("CR0", "PG")."""
    return next(1 << bit.number for bit in bits_of(register) if bit.name == name)


def set_bits(register, value):
    """The bits of the table that are 1, and the rest of the value."""
    found = [bit for bit in bits_of(register) if value >> bit.number & 1]
    for bit in found:
        value &= ~(1 << bit.number)
    return found, value


def names(register, value):
    """"PE ET PG", or "none"."""
    return " ".join(bit.name for bit in set_bits(register, value)[0]) or "none"


def explain(register, value):
    """One line for each bit that is 1: "PE  protected mode"."""
    found, _ = set_bits(register, value)
    return [f"{bit.name:<10} bit {bit.number:<2}  {bit.meaning}" for bit in found]


def changes(register, old, new):
    """"CR0.PE 0 -> 1 (protected mode)" for every bit that flipped."""
    return [f"{register}.{bit.name} {old >> bit.number & 1} -> {new >> bit.number & 1} "
            f"({bit.meaning})"
            for bit in bits_of(register) if (old ^ new) >> bit.number & 1]
