org 0x7C00
jmp 0x0000:start

string db 'Bootloader by LGC!', 13, 10, 0

start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7C00
    mov [drive], dl

    mov si, string
printString:
    lodsb
    cmp al, 0
    je done
    mov ah, 0xe
    mov bl, 2
    int 10h
    jmp printString

done:
    mov ah, 0x02        ; second stage to 0x7E00
    mov al, 1
    mov dl, [drive]
    mov ch, 0
    mov dh, 0
    mov cl, 2
    mov bx, 0x7E00
    int 0x13
    mov dl, [drive]
    jmp 0x7E00

drive db 0
times ((0x200 - 2) - ($ - $$)) db 0x00
dw 0xAA55
