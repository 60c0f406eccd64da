; gdtr_nowhere.asm - the base in GDTR is an offset, as if the code lay at 0
; cause: GDTR.*no GDT|no GDT.*GDTR
; try: 7C00h|linear
bits 16
org 0
start:  cli
        mov     ax, 0x7c0
        mov     ds, ax
        lgdt    [gdtr]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     dword 0x08:protected + 0x7c00
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
.halt:  hlt
        jmp     .halt
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
