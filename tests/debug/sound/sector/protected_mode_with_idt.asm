; protected_mode_with_idt.asm - 32-bit code with an IDT, a remapped PIC and a timer
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     0x08:protected
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x90000
        mov     eax, tick
        mov     edi, 0x1000
        mov     [edi + 0x20 * 8], ax
        mov     dword [edi + 0x20 * 8 + 2], 0x8e000008
        mov     word [edi + 0x20 * 8 + 6], 0
        lidt    [idtr]
        mov     al, 0x11
        out     0x20, al
        mov     al, 0x20
        out     0x21, al
        mov     al, 4
        out     0x21, al
        mov     al, 1
        out     0x21, al
        mov     al, 0xfe
        out     0x21, al
        sti
.idle:  hlt
        jmp     .idle
tick:   push    eax
        inc     byte [0xb8000]
        mov     al, 0x20
        out     0x20, al
        pop     eax
        iret
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
idtr:   dw      256 * 8 - 1
        dd      0x1000
%include "sector.inc"
