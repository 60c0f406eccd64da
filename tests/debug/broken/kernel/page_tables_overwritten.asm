; page_tables_overwritten.asm - a buffer "somewhere in low memory": it covers the page tables at 10000h
; cause: page tables.*(overwr|overwritten)
; try: 10000h|40000h
bits 64
org 0x100000
        mov     edi, 0x9000
        mov     ecx, 0x10000
        mov     al, 0x20
        rep     stosb
        mov     rax, cr3
        mov     cr3, rax
.halt:  cli
        hlt
