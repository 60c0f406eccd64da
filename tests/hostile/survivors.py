"""Mutants that survive every mode, each with the reason.

    key: (PORT, host test that kills it)    only a port or the CPU can show it
         (EQUAL, why)                       the change makes no difference that matters
"""

PORT, EQUAL = "port", "equal"

SURVIVORS = {
}
