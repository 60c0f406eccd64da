; resets_by_keyboard_controller.asm - a reboot on purpose
bits 16
org 0x7c00
start:  mov     ax, 0x0e52
        int     0x10
        mov     al, 0xfe
        out     0x64, al
.halt:  hlt
        jmp     .halt
%include "sector.inc"
