; stage1 for a disk that has a partition table already, so it may be 446 bytes long.
; Copied with: dd if=stage1 of=disk.img bs=446 count=1
[BITS 16]
[ORG 0x7C00]
stage1:
    xor ax, ax
    mov ds, ax
    mov si, hello
next:
    lodsb
    or al, al
    jz stop
    mov ah, 0x0E
    mov bx, 7
    int 0x10
    jmp next
stop:
    cli
    hlt
    jmp stop
hello db "stage1 is alive", 13, 10, 0
times 446-($-$$) db 144
; what the disk has there: one partition and the signature
db 0x80, 1, 1, 0, 0x0B, 15, 63, 1
dd 63, 1985
times 510-($-$$) db 0
dw 0xAA55
