; entry_not_first.asm - a helper function was linked first: the loader enters it
; cause: entry.*_start|_start.*(entry|first)
; try: ENTRY=|first
; link: -Ttext=0x100000
bits 64
global _start
helper: mov     eax, 1
        ret
_start: mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
.halt:  cli
        hlt
