; one-too-few.asm - goes wrong on purpose: reads one of its two further sectors
        bits    16
        org     0x7c00
start:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ax, 0x0201              ; wrong: there are two by now
        mov     bx, 0x7e00
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jnc     second
stop:
        cli
        hlt
        jmp     stop
        times   510-($-$$) db 0
        dw      0xaa55

second:
        cld
        mov     si, text
        mov     al, '['
print:
        mov     ah, 0x0e
        int     0x10
        lodsb
        test    al, al
        jnz     print
        mov     ax, 0x0e00 | ']'
        int     0x10
        jmp     stop
        times   1024-($-$$) db 0

text:
        db      "The program has grown.", 0
        times   1536-($-$$) db 0
