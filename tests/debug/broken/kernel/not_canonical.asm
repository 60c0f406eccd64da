; not_canonical.asm - the base of the upper half with a digit missing
; cause: canonical
; try: address|pointer
bits 64
org 0x100000
        mov     rax, 0x0fffffff80000000
        mov     byte [rax + 0x1000], 1
.halt:  cli
        hlt
