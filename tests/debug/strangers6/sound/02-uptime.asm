; a clock: the BIOS's tick counter, asleep in between
[org 0x7c00]
[bits 16]
start:
    jmp 0x0000:main
main:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7000
    sti
    mov ah, 0
    int 0x1a
    mov [last], dx
    mov si, title
    call puts
tick:
    hlt                     ; the timer wakes us 18 times a second
    mov ah, 0
    int 0x1a
    mov ax, dx
    sub ax, [last]
    cmp ax, 18
    jb tick
    mov [last], dx
    inc byte [digit]
    cmp byte [digit], '9' + 1
    jne show
    mov byte [digit], '0'
show:
    mov si, line
    call puts
    jmp tick
puts:
    lodsb
    cmp al, 0
    je .done
    mov ah, 0x0e
    mov bh, 0
    int 0x10
    jmp puts
.done:
    ret
last  dw 0
title db 'uptime', 13, 10, 0
line  db 13, 'seconds: '
digit db '0', 0
times 510-($-$$) db 0
dw 0xaa55
