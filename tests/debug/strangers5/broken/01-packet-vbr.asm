; 01-packet-vbr.asm - what the partition has: a program that says that it runs
bits 16
org 0x7c00
    xor ax, ax
    mov ds, ax
    mov si, text
.next:
    lodsb
    test al, al
    jz .stop
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .next
.stop:
    hlt
    jmp .stop
text: db "Partition 1 is running", 0
times 510 - ($ - $$) db 0
    dw 0xaa55
