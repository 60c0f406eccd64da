; linked_at_2_mib.asm - linked at 200000h, loaded at 100000h: absolute addresses miss by 1 MiB
; cause: linked for 200000h
; try: LOAD=0x200000
; link: -Ttext=0x200000
bits 64
global _start
_start: mov     rax, main
        jmp     rax
main:   mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
.halt:  cli
        hlt
