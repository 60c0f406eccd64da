; null_function.asm - a function pointer that was never set is called
; cause: (address 0|NULL)
; try: pointer
bits 64
org 0x100000
        xor     eax, eax
        call    rax
.halt:  cli
        hlt
