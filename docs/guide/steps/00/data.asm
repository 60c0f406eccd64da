; data.asm - bytes, words and a little arithmetic of NASM
        bits    16
        org     0x7c00
start:
        jmp     stop
SIZE    equ     3                       ; a name for a number: no byte of the program
text:
        db      "AB", 10
length  equ     $ - text                ; $ is the address of this line
        dw      0x1234
        dd      0x12345678
        times   SIZE db 0xee
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
