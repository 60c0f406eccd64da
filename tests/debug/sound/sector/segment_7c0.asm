; segment_7c0.asm - offsets from 0, with DS = 07C0h: the other way of addressing a boot sector
bits 16
org 0
start:  jmp     0x7c0:.here
.here:  mov     ax, cs
        mov     ds, ax
        mov     si, text
.next:  lodsb
        test    al, al
        jz      .done
        mov     ah, 0x0e
        int     0x10
        jmp     .next
.done:  jmp     $
text:   db      "Hello from 07C0h", 0
%include "sector.inc"
