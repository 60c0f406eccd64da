; gate_of_half_the_vector.asm - vector 10h has a gate, 20h has none: what lies at 20h * 8 is not a gate of 8 bytes
; cause: gate of vector 20h.*empty
; try: gate for this vector
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x10, .error
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
.error: iretq
        IDT
