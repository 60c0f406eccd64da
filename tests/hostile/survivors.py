"""Mutants that no mode turns red, each with the reason.

    key: (PORT, host test that kills it)    a port's or the CPU's answer decides
         (EQUAL, why)                       the change makes no difference that counts
"""

PORT, EQUAL = "port", "equal"

SURVIVORS = {
}
