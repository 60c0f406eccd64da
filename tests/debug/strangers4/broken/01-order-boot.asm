; the boot sector: loads the program in the next sector to 7E00h
[bits 16]
[org 0x7c00]

    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0x0201
    mov bx, 0x7e00
    mov cx, 2               ; DL is still the BIOS's
    mov dh, 0
    int 0x13
    jc failed
    jmp 0x7e00
failed:
    mov ax, 0x0e00 + '!'
    int 0x10
    jmp $

times 510-($-$$) db 0
dw 0xaa55
