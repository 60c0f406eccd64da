; multiboot.asm - a kernel for GRUB: a Multiboot header, and 32-bit code after it
; cause: Multiboot
; try: 64-bit|GRUB
bits 32
org 0x100000
        jmp     start
        align   4
        dd      0x1badb002, 3, -(0x1badb002 + 3)
start:  mov     esp, stack
        push    ebx
        push    eax
        mov     dword [0xb8000], 0x0f4b0f4f
        push    es
        call    main
        hlt
main:   mov     eax, [ebp + 8]
        pusha
        popa
        ret
        times   64 dq 0
stack:
