; bytes.asm - forgets that a cell has two bytes: every second letter becomes a colour
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     ax, 0xb800
        mov     es, ax
        mov     si, text
        mov     di, 2*3*80                      ; row 3
        mov     cx, text.end - text
        cld
        rep movsb
stop:
        hlt
        jmp     stop

text:   db      "Hello, World! Where is the rest?"
.end:
        times   510-($-$$) db 0
        dw      0xaa55
