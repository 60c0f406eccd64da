; endless_loop.asm - waits for something that never happens
; cause: waits for memory to change
; try: STI
%macro REAL_MODE_PART 0
wait_for_ready:
        mov     al, [0x500]
        test    al, al
        jz      wait_for_ready
%endmacro
%include "boot.inc"
