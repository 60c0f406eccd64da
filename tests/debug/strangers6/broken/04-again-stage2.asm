org 0x7E00

    xor ax, ax
    mov ds, ax
    mov es, ax

    mov ax, 0x0E32      ; '2': the second stage runs
    int 0x10

    mov ah, 0x02        ; the kernel to 0x500
    mov al, 1
    mov ch, 0
    mov dh, 0
%ifdef MENDED
    mov cl, 3
%else
    mov cl, 2
%endif
    mov bx, 0x500
    int 0x13
    jmp 0x0000:0x500

times (0x200 - ($ - $$)) db 0x00
