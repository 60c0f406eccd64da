; boot.asm - offsets from 0, but a segment of 0
        bits    16

        xor     ax, ax
        mov     ds, ax
        cld
        mov     si, text
next:
        lodsb
        test    al, al
        jz      stop
        mov     ah, 0x0e
        xor     bx, bx
        int     0x10
        jmp     next
stop:
        hlt
        jmp     stop
text:
        db      "Hello from 7C00h", 0
        times   510-($-$$) db 0
        dw      0xaa55
