; restarts the PC on purpose after a moment: a warm boot through the reset vector
BITS 16
ORG 7C00h
        xor     ax, ax
        mov     ds, ax
        mov     si, text
        cld
show:   lodsb
        test    al, al
        jz      wait_a_moment
        mov     ah, 0Eh
        mov     bx, 7
        int     10h
        jmp     show
wait_a_moment:
        mov     ah, 86h
        mov     cx, 0
        mov     dx, 0D6D8h              ; 55,000 microseconds
        int     15h
        mov     word [472h], 1234h      ; no memory test, please
        jmp     0FFFFh:0000h
text    db      'Restarting now', 0
        times 510-($-$$) db 0
        dw 0AA55h
