org 0x500
    mov si, message
print:
    lodsb
    test al, al
    jz halt
    mov ah, 0x0E
    int 0x10
    jmp print
halt:
    cli
    hlt
message db 13, 10, 'this is the kernel', 0
times (0x200 - ($ - $$)) db 0x00
