; stack_into_ebda.asm - the stack at "the top of conventional memory", where the BIOS's EBDA is
; cause: inside the BIOS's extended data area \(EBDA
; try: below
%macro REAL_MODE_PART 0
        mov     ax, 0x9000
        mov     ss, ax
        mov     sp, 0xfffe
        mov     cx, 0x100
fill:
        push    cx                              ; what a deep call chain would do
        loop    fill
wait_here:
        hlt
        jmp     wait_here
%endmacro
%include "boot.inc"
