; boot.asm - lab 2: prints a string, wherever the BIOS left the segment registers

        bits    16
        org     0x7c00

start:
        ; 1. Make DS:SI and the direction of string instructions what you need them to be.

        ; 2. Print the string, one character after the other.

stop:
        hlt
        jmp     stop

text:
        db      "Hello from 7C00h", 0

        times   510-($-$$) db 0
        dw      0xaa55
