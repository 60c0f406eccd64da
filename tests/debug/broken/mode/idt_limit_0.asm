; idt_limit_0.asm - an interrupt with an IDT of limit 0: the size was never filled in
; cause: The IDT's limit is 0h
; try: LIDT
%macro LONG_MODE_PART 0
        lidt    [empty_idt]
interrupt:
        int3
%endmacro
%macro DATA_PART 0
empty_idt:
        dw      0
        dq      0x5000
%endmacro
%include "boot.inc"
