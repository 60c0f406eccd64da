"""Mutants that survive every mode, each with the reason.

    key: (PORT, test that kills it)         only a port or the CPU can show it
         (UNSEEN, test that kills it)       a boot's lines on COM1 are the same; this test looks
                                            elsewhere
         (EQUAL, why)                       the change makes no difference that matters

test_mutants.py runs the tests on the mutants.
"""

PORT, UNSEEN, EQUAL = "port", "unseen", "equal"
FLOPPY_TABLE = ("tests/hostile/test_details.py::"
                "test_floppy_table_is_the_bioss_again_after_the_boot")
LOADER_REPORT = ("tests/boot/test_failures.py::"
                 "test_loader_names_the_sector_for_both_copies")     # port E9h, a key on COM1
GATE = "tests/hostile/test_ports.py::test_the_first_method_that_opens_the_gate_is_named"

SURVIVORS = {
    "stage2/load_text.asm: jne .serial": (PORT, LOADER_REPORT),
    "stage2/load_text.asm: je .keyboard": (PORT, LOADER_REPORT),
    "stage2/load_text.asm: jnz .serial": (PORT, LOADER_REPORT),
    "stage2/load_text.asm: jz text_wait_for_key": (UNSEEN, LOADER_REPORT),
    "stage2/disk.c: if (other_status != 0) #2": (
        EQUAL, "the way that failed may be tried first again after a bad sum: slower, no more"),
    "stage2/disk.c: if (is_floppy) #2": (UNSEEN, FLOPPY_TABLE),
    "stage2/a20.c: for (unsigned delay = 0; delay < 10; delay++)": (PORT, "test_a20"),
    "stage2/a20.c: if (kbc_send(KBC_COMMAND, KBC_WRITE_OUTPUT_PORT) && kbc_send(KBC_DATA, output | KBC_OUTPUT_A20))": (
        PORT, "test_a20"),
    "stage2/a20.c: if (!(value & SYSTEM_CONTROL_A_A20))": (PORT, GATE),
}
