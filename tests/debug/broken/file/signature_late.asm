; signature_late.asm - "times 512" where 510 belongs: the signature slips into the next sector
; cause: 55h AAh is at offset 512
; try: 510
bits 16
org 0x7c00
        mov     ax, 0x0e41
        int     0x10
        jmp     $
        times   512 - ($ - $$) db 0
        dw      0xaa55
