; not-ram.asm - writes a byte to three places below 1 MiB and reads it back
        bits    16
        org     0x7c00
start:
        mov     ax, 0x3000              ; 30000h
        call    try
        mov     bl, al
        mov     ax, 0xa000              ; A0000h
        call    try
        mov     bh, al
        mov     ax, 0xf000              ; F0000h
        call    try
        mov     cl, al
stop:
        cli
        hlt
        jmp     stop

try:
        mov     es, ax
        mov     byte [es:0], 0x5a
        mov     al, [es:0]
        ret

        times   510-($-$$) db 0
        dw      0xaa55
