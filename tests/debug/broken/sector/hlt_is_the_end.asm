; hlt_is_the_end.asm - HLT ends at the next interrupt: the CPU goes on into the text
; cause: HLT
; try: jmp|CLI
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
.done:  hlt
text:   db      "That's all, folks", 0
%include "sector.inc"
