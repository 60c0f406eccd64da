; 09-big-loader.asm - a real-mode system of 400 KiB: read in pieces of 32 KiB to 1000h:0, up to 7400h:0
bits 16
org 0x7c00
    jmp 0:start
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    cli
    mov ss, ax
    mov sp, 0x7c00
    sti
    mov [drive], dl
.read:
    mov si, packet
    mov ah, 0x42
    mov dl, [drive]
    int 0x13
    jc error
    add word [packet + 6], 0x800
    add dword [packet + 8], 64
    cmp word [packet + 6], 0x7400
    jb .read
    mov dl, [drive]
    jmp 0x1000:0
error:
    mov ax, 0x0e00 | 'E'
    int 0x10
    cli
    hlt
drive: db 0
align 4
packet: db 16, 0
    dw 64, 0, 0x1000
    dq 1
times 510-($-$$) db 0
dw 0xaa55
