; past_512.asm - the BIOS loads one sector; the function after it was never read
; cause: (beyond|after|past) the (512th byte|first sector|boot sector)
; try: INT 13h|512
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        call    print
.halt:  cli
        hlt
        jmp     .halt
%include "sector.inc"
print:  mov     ax, 0x0e50
        int     0x10
        ret
        times   1024 - ($ - $$) db 0
