; 01-seek-stage2.asm - second stage of SmallOS
[org 0x8000]
[bits 16]
    mov si, hello
.next:
    lodsb
    or al, al
    jz .done
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    mov dx, 0x3f8
    out dx, al
    jmp .next
.done:
    cli
    hlt
    jmp .done
hello db "Hello from stage 2!", 13, 10, 0
times 2048-($-$$) db 0
