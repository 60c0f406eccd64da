; flat_kernel.asm - the flat kernel itself, given as an image
; cause: found nothing to boot from.*flat binary
; try: make image KERNEL=
bits 64
org 0x100000
        mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
.halt:  hlt
        jmp     .halt
        times   4096 - ($ - $$) db 0x90
