; race.asm - two additions of 1 that make 1
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
        mov     ax, [count]             ; 0
between:
        hlt                             ; stands for bad luck: the tick comes here
after:
        inc     ax
        mov     [count], ax             ; what the handler has added is lost
stop:
        cli
        hlt

tick:
        inc     word [count]
        push    ax
        mov     al, 0x20
        out     0x20, al
        pop     ax
        iret

count:  dw      0

        times   510-($-$$) db 0
        dw      0xaa55
