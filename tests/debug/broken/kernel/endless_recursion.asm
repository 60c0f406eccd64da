; endless_recursion.asm - the stack runs down through the loader's data, through 0 and on
; cause: [Ss]tack overflow|recursion
; try: (recursion|stack)
bits 64
org 0x100000
        call    descend
.halt:  cli
        hlt
descend:
        push    rbp
        mov     rbp, rsp
        sub     rsp, 64
        call    descend
        leave
        ret
