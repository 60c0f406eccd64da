; memory.asm - what brackets mean
        bits    16
        org     0x7c00
start:
        mov     eax, 0
        mov     ebx, 0
        mov     bx, number              ; the address
        mov     ax, [number]            ; what is there
        mov     [copy], ax
        mov     al, [bx + 1]            ; the byte after it
        lea     bx, [bx + 2]            ; only the address
        mov     word [bx], 7
        jmp     stop
number:
        dw      0x1234
copy:
        dw      0
stop:
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
