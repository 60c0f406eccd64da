; real_mode.asm - calls a student's link in real mode, and keeps our C code off the links' stack

%include "tools/labs/links/link.inc"

extern __real_stage2_main

section .text

; __wrap_stage2_main - stage2_main with its stack below the links'
bits 32
global __wrap_stage2_main
__wrap_stage2_main:
        mov     eax, [esp + 4]
        mov     edx, [esp + 8]
        mov     esp, MINE_STACK_TOP - 8         ; 16-byte aligned at the call
        push    edx
        push    eax
        call    __real_stage2_main              ; does not return

; mine_real_mode - calls the link at LINK_ADDRESS; an interrupt handler, for bios_call()
;   in        real mode, DS = SS = 0
;   out       mine_result
;   clobbers  all but CS, SS, ESP
bits 16
global mine_real_mode
mine_real_mode:
        mov     [our_esp], esp
        mov     esp, STACK_TOP
        sti
        call    LINK_SEGMENT:0
        pushf                                   ; the link may change all but CS and SS:SP
        cli
        cld
        push    cs
        pop     ds
        mov     [mine_result.ax], ax
        pop     word [mine_result.flags]
        mov     [mine_result.sp], sp
        mov     esp, [our_esp]
        iret

section .bss.low nobits alloc noexec write
        alignb  4
our_esp:        resd 1
global mine_result
mine_result:                                    ; struct mine_result (mine.h)
.ax:            resw 1
.flags:         resw 1
.sp:            resw 1

section .note.GNU-stack noalloc noexec nowrite progbits
