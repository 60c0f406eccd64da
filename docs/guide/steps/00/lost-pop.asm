; lost-pop.asm - the same function with a POP forgotten
        bits    16
        org     0x7c00
start:
        mov     sp, 0x7c00
        mov     eax, 0
        mov     ebx, 0
        mov     ax, 21
        call    twice
        jmp     stop

; twice - doubles AX
twice:
        push    bx
        mov     bx, ax
        add     ax, bx
        ret
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
