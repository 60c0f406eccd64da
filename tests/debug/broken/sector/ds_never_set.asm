; ds_never_set.asm - assembled for offset 0, and DS left at 0 where it should be 07C0h
; cause: DS
; try: 0x7c0|07C0h
bits 16
org 0
start:  jmp     0x7c0:.here
.here:  mov     si, text
.next:  lodsb
        test    al, al
        jz      .done
        mov     ah, 0x0e
        int     0x10
        jmp     .next
.done:  cli
        hlt
text:   db      "Loading the kernel...", 0
%include "sector.inc"
