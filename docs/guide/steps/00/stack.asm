; stack.asm - keeps two values for later
        bits    16
        org     0x7c00
start:
        mov     sp, 0x7c00              ; the stack: down from here
        mov     eax, 0
        mov     ebx, 0
        mov     ax, 0x1111
        push    ax
        mov     ax, 0x2222
        push    ax
        pop     bx                      ; the last one first
        pop     ax
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
