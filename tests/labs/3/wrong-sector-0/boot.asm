; boot.asm - CHS sectors are counted from 0
        bits    16
        org     0x7c00

        jmp     0:start
start:
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        cld
        sti
        mov     es, ax
        mov     si, 1
        mov     bx, 0x8000
        mov     ax, 0x0203
        mov     cx, 0x0000
        mov     dh, 0
        int     0x13
        jc      stay
        jmp     0x8010

stay:
        hlt
        jmp     stay

        times   510-($-$$) db 0
        dw      0xaa55
