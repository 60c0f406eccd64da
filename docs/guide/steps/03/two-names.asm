; two-names.asm - writes two letters to the screen's memory, through two different segments
        bits    16
        org     0x7c00
start:
        mov     ax, 0x0003              ; text mode, an empty screen
        int     0x10
first:
        mov     ax, 0xb800
        mov     es, ax
        mov     byte [es:0x0000], 'A'   ; B800h * 16 + 0000h = B8000h
second:
        mov     ax, 0xb000
        mov     es, ax
        mov     byte [es:0x8002], 'B'   ; B000h * 16 + 8002h = B8002h, the cell beside it
stop:
        cli
        hlt
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
