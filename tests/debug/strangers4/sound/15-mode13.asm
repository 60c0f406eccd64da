; a picture in mode 13h, a word on COM1, and then it waits for a key
    bits 16
    org 0x7c00
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    mov ax, 0x13
    int 0x10
    mov ax, 0xa000
    mov es, ax
    cld
    xor di, di
    mov bx, 200
row:
    mov cx, 320
pixel:
    mov ax, cx
    xor al, bl
    stosb
    loop pixel
    dec bx
    jnz row

    mov si, text
send:
    lodsb
    test al, al
    jz wait_key
    mov ah, 1
    xor dx, dx
    int 0x14
    jmp send
wait_key:
    mov ah, 0
    int 0x16
    jmp wait_key

text db "picture drawn", 13, 10, 0
    times 510-($-$$) db 0
    dw 0xaa55
