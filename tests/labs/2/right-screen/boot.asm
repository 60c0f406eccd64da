; boot.asm - copies the string to the screen's memory, with a segment that fits offsets from 0
        bits    16
        org     0
        jmp     0x07c0:start
start:
        mov     ax, cs
        mov     ds, ax
        mov     ax, 0xb800
        mov     es, ax
        xor     bx, bx
        mov     di, 24 * 160
next:
        mov     al, [text + bx]
        mov     ah, 0x07
        mov     [es:di], ax
        add     di, 2
        inc     bx
        cmp     bx, 16
        jb      next
stop:
        hlt
        jmp     stop
text:
        db      "Hello from 7C00h", 0
        times   510-($-$$) db 0
        dw      0xaa55
