; complete.asm - .rodata in the file, .bss counted, constructors called, the entry first
; link: -Ttext=0x100000
; image: --memory 0x4000
bits 64
global _start
_start: mov     rbx, constructors
        mov     rax, [rbx]
        call    rax
        mov     rsi, text
        mov     dx, 0x3f8
.next:  lodsb
        test    al, al
        jz      .halt
        out     dx, al
        jmp     .next
.halt:  cli
        hlt
construct:
        mov     byte [counter], 1
        ret
section .rodata
text:   db      "Hello", 10, 0
section .init_array write
constructors:
        dq      construct
section .bss
counter: resb   0x1000
