; only_formatted.asm - a floppy as a formatting program leaves it: its boot sector says so, and waits for a key
; cause: no boot loader.*placeholder.*Non-System disk
; try: boot loader
bits 16
org 0x7c00
        jmp     short start
        nop
        db      "FORMAT10"                      ; the BPB of a floppy with FAT12
        dw      512
        db      1
        dw      1
        db      2
        dw      224, 2880
        db      0xf0
        dw      9, 18, 2
        dd      0, 0
        db      0, 0, 0x29
        dd      0x12345678
        db      "NO NAME    FAT12   "
start:  xor     ax, ax
        mov     ds, ax
        mov     si, text
.next:  lodsb
        test    al, al
        jz      .key
        mov     ah, 0x0e
        int     0x10
        jmp     .next
.key:   xor     ah, ah
        int     0x16
        int     0x19
text:   db      "Non-System disk, replace it and press a key", 13, 10, 0
%include "sector.inc"
