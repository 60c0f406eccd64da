"""Mutants that survive every mode, each with the reason.

    key: (PORT, unit test that kills it)    only a port or the CPU can show it
         (UNSEEN, boot test that kills it)  a boot's lines on COM1 are the same; this test looks
                                            elsewhere
         (EQUAL, why)                       the change makes no difference that matters

test_mutants.py runs the tests on the mutants.
"""

PORT, UNSEEN, EQUAL = "port", "unseen", "equal"
FLOPPY_TABLE = ("tests/hostile/test_details.py::"
                  "test_floppy_table_is_the_bioss_again_after_the_boot")
DEBUG_PORT = ("tests/boot/test_failures.py::"
              "test_loader_names_the_sector_for_both_copies")

SURVIVORS = {
    "stage2/load_text.asm: jne .serial": (UNSEEN, DEBUG_PORT),
    "stage2/disk.c: if (is_floppy) #2": (UNSEEN, FLOPPY_TABLE),
    "stage2/a20.c: for (unsigned delay = 0; delay < 10; delay++)": (PORT, "test_a20"),
    "stage2/a20.c: if (!(value & SYSTEM_CONTROL_A_A20))": (PORT, "test_a20"),
}
