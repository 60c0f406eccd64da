; unreal_mode.asm - into protected mode and back, for the limit of DS: no far jump, on purpose
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        mov     bx, 0x08
        mov     ds, bx
        and     al, 0xfe
        mov     cr0, eax
        xor     ax, ax
        mov     ds, ax
        mov     edi, 0xb8000
        mov     dword [edi], 0x0f4b0f4f
        sti
.idle:  hlt
        jmp     .idle
gdt:    dq      0, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
