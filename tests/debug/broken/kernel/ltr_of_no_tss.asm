; ltr_of_no_tss.asm - LTR with the data segment's selector
; cause: (LTR|not a TSS)
; try: TSS
bits 64
org 0x100000
        mov     ax, 0x10
        ltr     ax
.halt:  cli
        hlt
