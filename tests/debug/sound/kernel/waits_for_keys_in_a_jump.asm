; waits_for_keys_in_a_jump.asm - a jump to itself, and a handler of the keyboard that does the work
bits 64
org 0x100000
%include "kernel.inc"
        cli
        SET_GATE 0x21, key
        lidt    [idt_pointer]
        REMAP_PIC 0x20
        OUTB    0x21, 0xfd
        cmp     dword [0x7000], 0
        je      .forever
        PRINT   '?'
.forever:
        sti
.here:  jmp     .here
key:    push    rax
        in      al, 0x60
        mov     [0xb8000], al
        OUTB    0x20, 0x20
        pop     rax
        iretq
IDT
