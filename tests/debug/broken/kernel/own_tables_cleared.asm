; own_tables_cleared.asm - clears an array after CR3 was loaded, one page too many: the PML4 comes right after it
; cause: page tables.*overwritten
; try: array|reach
bits 64
org 0x100000
        mov     eax, pml4
        mov     cr3, rax
        mov     edi, array
        mov     ecx, (4096 + 4096) / 8
        xor     eax, eax
        rep     stosq
        mov     rax, cr3                        ; the TLB forgets what it knew
        mov     cr3, rax
.halt:  cli
        hlt
        align   4096
array:  times   4096 db 0
pml4:   dq      pdpt + 3
        times   511 dq 0
pdpt:   dq      pd + 3
        times   511 dq 0
pd:     dq      0x83
        times   511 dq 0
