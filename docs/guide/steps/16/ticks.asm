; ticks.asm - a handler of our own for the timer: a dot for each tick
        bits    16
        org     0x7c00
start:
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        xor     bx, bx                  ; the BIOS prints on page BH
        mov     word [8 * 4], tick      ; the BIOS maps line 0 to vector 8
        mov     word [8 * 4 + 2], ax
        sti
stop:
        hlt
        jmp     stop

tick:
        push    ax
        mov     ah, 0x0e
        mov     al, '.'
        int     0x10
        mov     al, 0x20                ; end of interrupt
        out     0x20, al                ; to the first PIC
        pop     ax
        iret

        times   510-($-$$) db 0
        dw      0xaa55
