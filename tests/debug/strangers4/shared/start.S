# start.S - calls kernel() with the boot info in RDI, as the example of `make new` does
    .section .text.start, "ax"
    .globl start
start:
    call kernel
1:  hlt
    jmp 1b
    .section .note.GNU-stack, "", @progbits
