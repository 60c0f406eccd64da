; WRONG: 60 sectors from 1000h end at 8800h, so the read overwrites the boot sector at 7C00h and its
; stack below it, while they are in use.  It worked until the kernel and its logo grew.
    org 0x7c00
    bits 16

KERNEL equ 0x1000
SECTORS equ 60

    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00

    mov ax, 0x0200 + SECTORS
    mov bx, KERNEL
    mov cx, 2
    mov dh, 0           ; DL is the boot drive
    int 0x13
    jc error
    jmp KERNEL

error:
    mov ax, 0x0e00 + 'E'
    int 0x10
    jmp $

    times 510-($-$$) db 0
    dw 0xaa55

; the kernel shows its logo, 160 x 190 pixels in white, then halts
    mov ax, 0x13
    int 0x10
    mov ax, 0xa000
    mov es, ax
    mov si, KERNEL + logo - $$ - 512
    xor di, di
    mov dx, 190
.row:
    mov cx, 160
    rep movsb
    add di, 160
    dec dx
    jnz .row
    jmp $
logo: times 160 * 190 db 0x0f
    times 512 * (1 + SECTORS)-($-$$) db 0
