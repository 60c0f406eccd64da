; latch.asm - forgets to close the divisor latch: nothing is sent, and nothing complains
        bits    16
        org     0x7c00

COM1    equ     0x3f8

start:
        xor     ax, ax
        mov     ds, ax
        cld
        mov     dx, COM1 + 3                    ; line control:
        mov     al, 0x83                        ; 8 bits, no parity, 1 stop bit, latch open
        out     dx, al
        mov     dx, COM1                        ; the divisor, low byte
        mov     al, 1                           ; 115200 bits a second
        out     dx, al
        mov     dx, COM1 + 1                    ; high byte
        mov     al, 0
        out     dx, al
ready:
        mov     si, text
next:
        lodsb
        test    al, al
        jz      stop
        mov     ah, al
        mov     dx, COM1 + 5                    ; line status
wait_for_room:
        in      al, dx
        test    al, 0x20                        ; THRE: is there room for a byte?
        jz      wait_for_room
        mov     dx, COM1
        mov     al, ah
        out     dx, al
        jmp     next
stop:
        hlt
        jmp     stop

text:   db      "Hello over the wire!", 13, 10, 0

        times   510-($-$$) db 0
        dw      0xaa55
