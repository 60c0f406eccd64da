; the kernel: so far it only says that it is there
[org 0x1000]
    mov si, message
.next:
    lodsb
    or al, al
    jz .done
    mov ah, 0x0e
    int 0x10
    jmp .next
.done:
    cli
    hlt
    jmp .done
message db "Kernel reached.", 0
