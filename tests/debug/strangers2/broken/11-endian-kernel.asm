bits 16
org 0x8000
    mov si, text
.next:
    lodsb
    test al, al
    jz .stop
    mov ah, 0x0e
    xor bx, bx
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .next
.stop:
    cli
    hlt
    jmp .stop
text: db "Real mode kernel here.", 0
