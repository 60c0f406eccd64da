; port.asm - asks a device for its state, and sends it a letter
        bits    16
        org     0x7c00
start:
        cli
        mov     dx, 0x3fd               ; the first serial port: its line status
wait_for_it:
        in      al, dx
        test    al, 0x20                ; bit 5: it takes another byte
        jz      wait_for_it
        mov     dx, 0x3f8               ; ... and its data
        mov     al, 'A'
        out     dx, al
        sti
stop:
        hlt
        jmp     stop

        times   510-($-$$) db 0
        dw      0xaa55
