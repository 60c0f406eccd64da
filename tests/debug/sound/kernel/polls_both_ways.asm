; polls_both_ways.asm - an echo on COM1: one loop looks for input, and for room when there is something to send
bits 64
org 0x100000
        mov     dx, 0x3f8
        mov     al, ">"
        out     dx, al
        mov     dx, 0x3fd
.poll:  in      al, dx
        test    al, 1
        jnz     .receive
        in      al, dx
        test    al, 0x20
        jnz     .poll                           ; nothing to send, and room for it: look again
        jmp     .poll
.receive:
        mov     dx, 0x3f8
        in      al, dx
        out     dx, al
        mov     dx, 0x3fd
        jmp     .poll
