; boot.asm - the packet counts the disk's sectors from 1
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
        mov     si, packet
        mov     ah, 0x42
        int     0x13
        jc      stay
        mov     si, 1
        jmp     0x8010

stay:
        hlt
        jmp     stay

packet: dw      16, 3, 0x8000, 0
        dq      2

        times   510-($-$$) db 0
        dw      0xaa55
