; drive_hard_coded.asm - DL = 0 is the first floppy; the BIOS booted from a hard disk
; cause: drive 0h?.*(floppy|DL)
; try: DL
bits 16
org 0x7c00
start:  xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     bx, 0x8000
        mov     ax, 0x0201
        mov     cx, 0x0002
        mov     dx, 0x0000
        int     0x13
        jc      failed
        jmp     0x8000
failed: mov     ax, 0x0e45
        int     0x10
        cli
        hlt
%include "sector.inc"
        mov     ax, 0x0e32
        int     0x10
        jmp     $
        times   1024 - ($ - $$) db 0
