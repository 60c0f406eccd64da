; no_far_jump.asm - CR0.PE is set, and the next line is already 32-bit code
; cause: [Nn]o far jump
; try: jmp (dword )?(0x)?0?8
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
bits 32
        mov     ax, 0x10
        mov     ds, ax
        mov     ss, ax
        mov     esp, 0x90000
        mov     edi, 0xb8000
        mov     dword [edi], 0x0f4b0f4f
.halt:  hlt
        jmp     .halt
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
