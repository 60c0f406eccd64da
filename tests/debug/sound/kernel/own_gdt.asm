; own_gdt.asm - a GDT of its own, without the limits that long mode ignores, and SS is loaded after LGDT
bits 64
org 0x100000
%include "kernel.inc"
        SET_GATE 0x20, tick
        lidt    [idt_pointer]
        lgdt    [gdt_pointer]
        mov     eax, 0x18
        mov     ss, eax
        REMAP_PIC 0x20
        START_TIMER
        sti
.wait:  hlt
        jmp     .wait
tick:   push    rax
        OUTB    0x20, 0x20
        pop     rax
        iretq
gdt_pointer:
        dw      gdt.end - gdt - 1
        dq      gdt
        align   8
gdt:    dq      0, 0, 0, 0x0000920000000000, 0, 0x00209a0000000000
.end:
        IDT
