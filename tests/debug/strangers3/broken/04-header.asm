; start of a kernel that GRUB used to load
bits 64
extern kernel_main

section .multiboot align=8
header:
        dd 0xe85250d6                   ; Multiboot2
        dd 0
        dd header_end - header
        dd 0x100000000 - (0xe85250d6 + (header_end - header))
        dw 0, 0
        dd 8
header_end:

section .text
global start
start:
        mov rsp, stack_top
        call kernel_main
.halt:  cli
        hlt
        jmp .halt

section .bss align=16
        resb 8192
stack_top:
