; boot.asm - counts the zero, and one more
        bits    16
        org     0x7c00
        xor     ax, ax
        mov     ds, ax
        cld
        mov     si, text
        mov     cx, 18                  ; the string has 16
next:
        lodsb
        mov     ah, 0x0e
        xor     bx, bx
        int     0x10
        loop    next
stop:
        hlt
        jmp     stop
text:
        db      "Hello from 7C00h", 0, "?"
        times   510-($-$$) db 0
        dw      0xaa55
