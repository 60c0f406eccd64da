; gdt_limit_counts_entries.asm - the limit counts descriptors where it should count bytes
; cause: GDT's limit.*(cuts|too small)
; try: minus 1
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
.halt:  hlt
        jmp     .halt
gdt:    dq      0, 0x00cf9b000000ffff, 0x00cf93000000ffff
gdtr:   dw      3
        dd      gdt
%include "sector.inc"
