; first_function_returns.asm - main() returns, and nothing called it
; cause: first function returned
; try: (never return|halt)
bits 64
org 0x100000
        mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
        ret
