; bios_call_in_protected_mode.asm - INT 10h after CR0.PE: there is no BIOS any more
; cause: INT 10h.*protected mode
; try: real mode|B8000h
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
        mov     ss, ax
        mov     esp, 0x90000
        mov     ax, 0x0e50
        int     0x10
.halt:  hlt
        jmp     .halt
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
