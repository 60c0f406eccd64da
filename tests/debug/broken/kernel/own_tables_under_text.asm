; own_tables_under_text.asm - copies a message to where its PD lies: entries become text, with reserved bits
; cause: page tables.*overwritten
; try: array|reach
bits 64
org 0x100000
        mov     eax, pml4
        mov     cr3, rax
        mov     esi, message
        mov     edi, pd
        mov     ecx, message_end - message
        rep     movsb
        mov     rax, cr3
        mov     cr3, rax
.halt:  cli
        hlt
message:
        db      "All work and no play makes the CPU a dull processor."
message_end:
        align   4096
pml4:   dq      pdpt + 3
        times   511 dq 0
pdpt:   dq      pd + 3
        times   511 dq 0
pd:     dq      0x83
        times   511 dq 0
