; Says goodbye and tries the ports by which the emulators switch off.
cpu 386
bits 16
org 0x7c00
start:
    jmp 0:.clear
.clear:
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, start
    cld
    mov si, bye
    mov ah, 0eh
    xor bx, bx
.say:
    lodsb
    cmp al, 0
    je .wait
    int 10h
    jmp .say
.wait:                          ; half a second to read it
    xor ah, ah
    int 1ah
    lea si, [edx + 9]
.tick:
    xor ah, ah
    int 1ah
    cmp dx, si
    jne .tick
    mov ax, 2000h
    mov dx, 604h                ; QEMU
    out dx, ax
    mov dx, 0b004h              ; Bochs, old QEMU
    out dx, ax
    mov ax, 3400h
    mov dx, 4004h               ; VirtualBox
    out dx, ax
.never:
    cli
    hlt
    jmp .never
bye: db 'Shutting down, goodbye', 13, 10, 0
times 510 - ($ - $$) db 0
db 55h, 0aah
