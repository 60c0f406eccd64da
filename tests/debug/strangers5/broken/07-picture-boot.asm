; 07-picture-boot.asm - a linear VBE mode, its address at 500h, then the kernel
%macro PREPARE 0
    mov ax, 0x4f01          ; what is 640x480 in 24 or 32 bits like?
    mov cx, 0x112
    mov di, 0x600
    int 0x10
    mov eax, [0x600 + 40]   ; PhysBasePtr
    mov [0x500], eax
    movzx eax, word [0x600 + 16]
    mov [0x504], eax        ; bytes per line
    mov ax, 0x4f02
    mov bx, 0x4112
    int 0x10
%endmacro
%include "loader32.inc"
