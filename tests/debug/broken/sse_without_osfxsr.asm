; sse_without_osfxsr.asm - what a compiler makes of C without -mgeneral-regs-only
%macro LONG_MODE_PART 0
        xor     eax, eax
clear:
        movaps  [rsp - 16], xmm8
%endmacro
%include "boot.inc"
