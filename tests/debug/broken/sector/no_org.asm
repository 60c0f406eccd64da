; no_org.asm - without "org 0x7c00" every address counts from 0: the text comes from the vectors
; cause: org 0?x?7[cC]00h?
; try: org 0x7c00
bits 16
start:  xor     ax, ax
        mov     ds, ax
        mov     si, text
.next:  lodsb
        test    al, al
        jz      .done
        mov     ah, 0x0e
        int     0x10
        jmp     .next
.done:  cli
        hlt
text:   db      "Hello, world!", 0
%include "sector.inc"
