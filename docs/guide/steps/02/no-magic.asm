; no-magic.asm - the same letter, but the last two bytes are not 55h AAh
        bits    16
        org     0x7c00
start:
        mov     ah, 0x0e                ; the BIOS's function "print a character"
        mov     al, 'A'
        int     0x10                    ; its video services
stop:
        hlt
        jmp     stop

        times   510-($-$$) db 0
        dw      0
