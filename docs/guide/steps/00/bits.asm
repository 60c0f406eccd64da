; bits.asm - changes single bits
        bits    16
        org     0x7c00
start:
        mov     eax, 0
        mov     al, 0b00001111
        and     al, 0b00111100          ; keeps bits
        or      al, 0b10000000          ; sets bits
        xor     al, 0b11111111          ; flips bits
        shl     al, 1
        shr     al, 4
        test    al, 0b00000001          ; looks at a bit
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
