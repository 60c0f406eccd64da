; sti_without_idt.asm - the PIC is programmed, interrupts are enabled, and LIDT was forgotten
; cause: no IDT|IDT.*(never|not) (been )?loaded
; try: LIDT
bits 64
org 0x100000
%include "kernel.inc"
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
