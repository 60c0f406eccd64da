; spins_with_a_default_stub.asm - answers every interrupt with an EOI alone, and ends in a jump to itself
bits 64
org 0x100000
%include "kernel.inc"
        cli
%assign vector 0x20
%rep 8
        SET_GATE vector, stub
%assign vector vector + 1
%endrep
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        OUTB    0x21, 0
        sti
.forever:
        jmp     .forever
stub:   push    rax
        OUTB    0x20, 0x20
        pop     rax
        iretq
IDT
