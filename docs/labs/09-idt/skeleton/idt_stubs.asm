; idt_stubs.asm - lab 9: the first and the last instructions of every handler

        bits    64
        default rel
%include "layout.inc"                           ; VECTORS

        extern  on_interrupt

section .text
        ; 1. For each vector, a few instructions of its own, from the gate to one place for all:
        ;    the error code or 0, the vector, the other registers; on_interrupt; and all the way back

section .note.GNU-stack noalloc noexec nowrite progbits
