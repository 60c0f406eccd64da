; class_32.asm - assembled and linked as a 32-bit program
; cause: 32-bit
; try: elf64|-m64
; format: elf32
; link: -m elf_i386 -Ttext=0x100000
bits 32
global _start
_start: mov     esp, 0x200000
        mov     dword [0xb8000], 0x0f4b0f4f
        inc     eax
        dec     ecx
.halt:  cli
        hlt
