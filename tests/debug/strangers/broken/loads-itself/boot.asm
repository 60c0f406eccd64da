; WRONG: the second sector of a disk has number 2 in CL, because CHS counts sectors from 1.  With
; 1 the BIOS reads the boot sector again, so the jump starts this very code again, forever.
    org 0x7c00
    bits 16

    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 0x7c00

    mov si, loading
    mov ah, 0x0e
print:
    lodsb
    cmp al, 0
    je read
    int 0x10
    jmp print

read:
    mov ax, 0x1000
    mov es, ax
    xor bx, bx          ; to 1000:0000
    mov ah, 2           ; read
    mov al, 1           ; one sector
    mov ch, 0           ; cylinder
    mov dh, 0           ; head
    mov cl, 1           ; sector 0 is the boot sector, so this is the next one
    int 0x13
    jc read
    jmp 0x1000:0

loading: db "Loading the kernel...", 13, 10, 0

    times 510-($-$$) db 0
    dw 0xaa55

; the kernel, at 1000:0000
kernel:
    mov ax, 0x1000
    mov ds, ax
    mov si, welcome - kernel
    mov ah, 0x0e
.print:
    lodsb
    cmp al, 0
    je .halt
    int 0x10
    jmp .print
.halt:
    hlt
    jmp .halt
welcome: db "Welcome to the kernel!", 0
    times 1024-($-$$) db 0
