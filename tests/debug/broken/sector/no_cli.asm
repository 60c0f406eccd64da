; no_cli.asm - interrupts stay on in protected mode: the first tick finds the BIOS's vectors as an IDT
; cause: timer.*08h.*protected mode|protected mode.*08h
; try: CLI
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        sti
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
        mov     word [0xb8000], 0x0f4b
.wait:  jmp     .wait
gdt:    dq      0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   dw      $ - gdt - 1
        dd      gdt
%include "sector.inc"
