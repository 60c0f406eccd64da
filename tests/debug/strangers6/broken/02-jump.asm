      BITS 16
start:
    mov ax, 07C0h       ; Set up 4K stack space after this bootloader
    add ax, 288         ; (4096 + 512) / 16 bytes per paragraph
    mov ss, ax
    mov sp, 4096

    mov ax, 07C0h       ; Set data segment to where we're loaded
    mov ds, ax

    mov cl, 10          ; how many A's
%ifdef MENDED
    call print_as
%else
    jmp print_as        ; go and print them
%endif

    mov si, ready
more:
    lodsb
    test al, al
    jz forever
    mov ah, 0Eh
    int 10h
    jmp more
forever:
    jmp forever

print_as:
    mov ah, 0Eh
    mov al, 'A'
.repeat:
    int 10h
    dec cl
    jnz .repeat
    ret                 ; back to where we came from

ready db ' and now B', 0
    times 510-($-$$) db 0
    dw 0xAA55
