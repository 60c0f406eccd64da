; boot.asm - ES is set as if it were the address, and BX as well
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
        mov     ax, 0x800
        mov     es, ax
        mov     bx, 0x8000              ; 0800:8000 is 10000h
        mov     ax, 0x0203
        mov     cx, 0x0002
        mov     dh, 0
        int     0x13
        jc      stay
        mov     si, 1
        jmp     0x8010

stay:
        hlt
        jmp     stay

        times   510-($-$$) db 0
        dw      0xaa55
