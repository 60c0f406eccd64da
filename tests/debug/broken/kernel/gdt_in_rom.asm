; gdt_in_rom.asm - copies its GDT to C8000h and loads it there
; cause: read-only memory|ROM
; try: usable
bits 64
org 0x100000
        mov     esi, gdt
        mov     edi, 0xc8000
        mov     ecx, 24
        rep     movsb
        lgdt    [gdtr]
        mov     ax, 0x10
        mov     ss, ax
        push    0x08
        push    .here
        o64 retf
.here:  cli
        hlt
gdt:    dq      0, 0x00af9b000000ffff, 0x00cf93000000ffff
gdtr:   dw      23
        dq      0xc8000
