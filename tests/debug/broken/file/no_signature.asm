; no_signature.asm - a boot sector whose last line was forgotten
; cause: bytes 510 and 511 are 00h 00h, not 55h AAh
; try: dw 0xaa55
bits 16
org 0x7c00
        mov     ax, 0x0e41
        int     0x10
        jmp     $
        times   512 - ($ - $$) db 0
