; boot.asm - first stage of SmallOS: loads four sectors and jumps there
[org 0x7c00]
[bits 16]
STAGE2 equ 0x8000
start:
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    mov [drive], dl
    mov si, loading
    call print
    mov ah, 2           ; read
    mov al, 4           ; four sectors
    mov ch, 0
    mov cl, 2           ; from the second sector on
    mov dh, 0
    mov dl, [drive]
    mov bx, STAGE2
    int 0x13
    jc error
    jmp STAGE2
error:
    mov si, failed
    call print
    jmp $
print:
    lodsb
    or al, al
    jz .done
    mov ah, 0x0e
    mov bx, 7
    int 0x10
    jmp print
.done:
    ret
drive db 0
loading db "Loading stage 2...", 13, 10, 0
failed db "Read error", 13, 10, 0
times 510-($-$$) db 0
dw 0xaa55
