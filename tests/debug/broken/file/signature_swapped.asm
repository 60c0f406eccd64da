; signature_swapped.asm - a word is stored low byte first: this one ends up as AAh 55h
; cause: AAh 55h.*swapped
; try: dw 0xaa55
bits 16
org 0x7c00
        mov     ax, 0x0e41
        int     0x10
        jmp     $
        times   510 - ($ - $$) db 0
        dw      0x55aa
