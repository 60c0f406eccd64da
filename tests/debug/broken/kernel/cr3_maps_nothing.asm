; cr3_maps_nothing.asm - CR3 gets new tables that don't map the running code
; cause: CR3.*(does not map|map)
; try: map
bits 64
org 0x100000
        mov     eax, pml4
        mov     cr3, rax
.halt:  cli
        hlt
        align   4096
pml4:   times   512 dq 0
