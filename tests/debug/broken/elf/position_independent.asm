; position_independent.asm - linked with -pie: its relocations wait for a loader that applies them
; cause: (relocation|position-independent|PIE)
; try: no-pie|-static
; link: -pie --no-dynamic-linker -Ttext=0x100000
bits 64
global _start
_start: mov     rax, [rel table]
        jmp     rax
main:   mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
.halt:  cli
        hlt
section .data
table:  dq      main
