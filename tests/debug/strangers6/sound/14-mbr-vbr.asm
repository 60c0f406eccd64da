; what the MBR starts
        org 0x7c00
        bits 16
        mov bx, 7
        mov si, text
.next:  lodsb
        test al, al
        jz .stop
        mov ah, 0x0e
        int 0x10
        jmp .next
.stop:  cli
        hlt
        jmp .stop
text:   db "volume boot record of partition 2", 0
        times 510 - ($ - $$) db 0
        dw 0xaa55
