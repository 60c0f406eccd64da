; no_end.asm - nothing stops the CPU after the last line
; cause: (runs|ran) (on )?(past|into|beyond)
; try: jmp \$|HLT
bits 16
org 0x7c00
start:  mov     ax, 0x0e41
        int     0x10
        mov     ax, 0x0e42
        int     0x10
%include "sector.inc"
