; idt_limit_0.asm - an interrupt with an IDT of limit 0
%macro LONG_MODE_PART 0
        lidt    [empty_idt]
interrupt:
        int3
%endmacro
%macro DATA_PART 0
empty_idt:
        dw      0
        dq      0
%endmacro
%include "boot.inc"
