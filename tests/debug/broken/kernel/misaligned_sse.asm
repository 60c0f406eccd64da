; misaligned_sse.asm - a jump where a call belongs: the stack is off by 8, MOVAPS needs 16
; cause: (misaligned|not a multiple of 16|align)
; try: (call|16)
bits 64
org 0x100000
        mov     rax, cr4
        or      eax, 0x600
        mov     cr4, rax
        jmp     main
main:   push    rbp
        mov     rbp, rsp
        sub     rsp, 32
        xorps   xmm0, xmm0
        movaps  [rbp - 16], xmm0
.halt:  cli
        hlt
