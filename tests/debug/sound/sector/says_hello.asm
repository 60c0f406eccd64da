; says_hello.asm - prints and halts with interrupts off: finished, not hung
bits 16
org 0x7c00
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
