; jump_to_data.asm - a wrong pointer: the CPU executes a table
; cause: The CPU is executing data
; try: stack
%macro LONG_MODE_PART 0
wrong_jump:
        jmp     table
%endmacro
%macro DATA_PART 0
table:
        times 8 dd 0xffffffff
%endmacro
%include "boot.inc"
