; boot.asm - prints the letter A by asking the BIOS, then waits forever
        bits    16
        org     0x7c00

start:
        xor     bx, bx                  ; BH: page 0, the one that can be seen
        mov     ah, 0x0e                ; "print a character"
        mov     al, 'A'
        int     0x10
wait_forever:
        hlt                             ; until the next interrupt
        jmp     wait_forever

        times   510-($-$$) db 0
        dw      0xaa55

