; WRONG: the last two bytes of a boot sector are 55h AAh, which is the little-endian word AA55h.
; 55AAh makes them AAh 55h, so the BIOS does not take this for a boot sector.
    org 0x7c00
    bits 16

start:
    xor ax, ax
    mov ds, ax
    mov si, message
.next:
    lodsb
    test al, al
    jz .halt
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp .next
.halt:
    cli
    hlt
    jmp .halt

message: db "It boots!", 13, 10, 0

    times 510-($-$$) db 0
    dw 0x55aa
