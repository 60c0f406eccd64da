; too_short.asm - no padding at all: a few bytes are not a sector
; cause: only 7 bytes long
; try: times 510
bits 16
        mov     ax, 0x0e41
        int     0x10
        jmp     $
