; sse_without_osfxsr.asm - code that a compiler generates without -mgeneral-regs-only
; cause: An SSE instruction \(44 0f 29 44 24 f0
; try: OSFXSR
%macro LONG_MODE_PART 0
        xor     eax, eax
clear:
        movaps  [rsp - 16], xmm8
%endmacro
%include "boot.inc"
