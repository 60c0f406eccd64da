; cells.asm - puts three letters on the screen by storing them, without asking anybody
        bits    16
        org     0x7c00
start:
        mov     ax, 0xb800
        mov     es, ax                          ; ES:0 is address B8000h
        mov     word [es:0], 0x0741             ; first cell: A, light grey on black
        mov     word [es:2], 0x4f42             ; next: B, white on red
        mov     word [es:2*(1*80+10)], 0x1e43   ; row 1, column 10: C, yellow on blue
stop:
        hlt
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
