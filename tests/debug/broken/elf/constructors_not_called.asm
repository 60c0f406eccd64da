; constructors_not_called.asm - .init_array names a constructor that nobody calls
; cause: constructor
; try: init_array
; link: -Ttext=0x100000
bits 64
global _start
_start: mov     rax, [handler]
        test    rax, rax
        jz      .halt
        call    rax
.halt:  cli
        hlt
construct:
        mov     qword [handler], print
        ret
print:  mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
        ret
section .init_array
        dq      construct
section .data
handler: dq     0
