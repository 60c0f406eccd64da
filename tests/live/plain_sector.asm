        bits    16
        org     0x7c00
        xor     ax, ax
        mov     ds, ax
        mov     si, text
next:   lodsb
        mov     ah, 0x0e
        int     0x10
        cmp     byte [si], 0
        jne     next
        cli
        hlt
text:   db      "No names, no symbols.", 0
        times   510 - ($ - $$) db 0
        dw      0xaa55
