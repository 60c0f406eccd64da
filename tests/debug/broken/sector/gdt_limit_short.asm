; gdt_limit_short.asm - the limit is the size minus 1; here it is the size minus 2
; cause: GDT's limit.*(cuts|too small|one byte)
; try: size minus 1|minus 1
bits 16
org 0x7c00
start:  cli
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     0x08:protected
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
.halt:  hlt
        jmp     .halt
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 2
        dd      gdt
%include "sector.inc"
