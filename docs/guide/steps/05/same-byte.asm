; same-byte.asm - are 000500h and 100500h the same byte?  Asks with A20 open, then closed
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ax, 0xffff
        mov     es, ax
        call    ask
        in      al, 0x92
        and     al, 0xfc                ; bit 1 is the gate; bit 0 would reset the machine
gate:
        out     0x92, al
closed:
        call    ask
stop:
        cli
        hlt
        jmp     stop

ask:
        mov     byte [0x0500], 'o'      ; o for open
        mov     byte [es:0x0510], 'c'   ; c for closed; FFFFh * 16 + 0510h = 100500h
        mov     al, [0x0500]
        mov     ah, 0x0e
        int     0x10
        ret

        times   510-($-$$) db 0
        dw      0xaa55
