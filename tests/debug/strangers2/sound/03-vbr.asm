; 03-vbr.asm - boot sector of a FAT16 partition without an operating system on it
bits 16
org 0x7c00
    jmp short start
    nop
    db "MYDOS1.0"
    dw 512
    db 4
    dw 1
    db 2
    dw 512, 2817
    db 0xf8
    dw 3, 63, 16
    dd 63, 0
    db 0x80, 0, 0x29
    dd 0x12345678
    db "NO NAME    FAT16   "
start:
    mov si, text
.next:
    lodsb
    test al, al
    jz .key
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .next
.key:
    xor ax, ax
    int 0x16
    int 0x19
text: db "Non-system disk. Replace and press any key when ready", 13, 10, 0
times 510-($-$$) db 0
dw 0xaa55
