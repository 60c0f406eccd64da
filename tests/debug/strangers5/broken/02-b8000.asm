; 02-b8000.asm - writes its greeting straight to the screen's memory
bits 16
org 0x7c00

    mov ax, 0x0003          ; 80x25 text, clears the screen
    int 0x10
    xor ax, ax
    mov ds, ax
%ifdef MENDED
    mov ax, 0xb800
    mov ds, ax
%define SCREEN 0
%else
%define SCREEN 0xb8000
%endif
    mov dword [SCREEN + 0], 0x0f450f48      ; "HE"
    mov dword [SCREEN + 4], 0x0f4c0f4c      ; "LL"
    mov dword [SCREEN + 8], 0x0f200f4f      ; "O "
    mov dword [SCREEN + 12], 0x0f530f4f     ; "OS"
    jmp $

times 510 - ($ - $$) db 0
    dw 0xaa55
