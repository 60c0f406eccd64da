; code_for_32_bits.asm - compiled with -m32: PUSHA does not exist in 64-bit code
; cause: 32-bit
; try: -m64|64
bits 32
org 0x100000
        push    ebp
        mov     ebp, esp
        pusha
        call    main
        popa
.halt:  hlt
        jmp     .halt
main:   mov     edx, 0x3f8
        mov     al, 'K'
        out     dx, al
        ret
