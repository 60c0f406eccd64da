; no-end.asm - the timer's handler without the end of interrupt
        bits    16
        org     0x7c00
start:
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     word [8 * 4], tick
        mov     word [8 * 4 + 2], ax
        sti
        mov     cx, 3                   ; until the clock's seconds have changed again and again
wait_long:
        mov     ah, al
        mov     al, 0                   ; register 0 of the battery-backed clock
        out     0x70, al
        in      al, 0x71
        cmp     al, ah
        je      wait_long
        dec     cx
        jnz     wait_long
later:
        cli
        hlt

tick:
        inc     word [count]
        iret

count:  dw      0

        times   510-($-$$) db 0
        dw      0xaa55
