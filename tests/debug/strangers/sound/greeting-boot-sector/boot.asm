; Sound: prints a line with the BIOS and halts for good; interrupts stay on, so HLT is in a loop.
    org 0x7c00
    bits 16

    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00
    cld
    mov si, message
    mov bx, 7
.next:
    lodsb
    test al, al
    jz .halt
    mov ah, 0x0e
    int 0x10
    jmp .next
.halt:
    hlt
    jmp .halt

message: db "Hello from 512 bytes.", 13, 10, 0

    times 510-($-$$) db 0
    dw 0xaa55
