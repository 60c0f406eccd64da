; real_mode.asm - where stage 2 of `make mine` begins, and how it calls a student's real-mode link
;
; The linker's --wrap leads the jump to stage2_entry and the call of stage2_main here.

%include "tools/labs/links/link.inc"

extern read_sector, text_print                          ; stage2/load_disk.asm, load_text.asm
extern __real_stage2_entry, __real_stage2_main

section .text
bits 16

; __wrap_stage2_entry - the start of the rest of stage 2
;   in   as stage2_entry (stage2/entry.asm): real mode, DL = drive, DH = how it was read
global __wrap_stage2_entry
__wrap_stage2_entry:
        mov     sp, STACK_TOP
        mov     eax, STUDENT_LBA
        mov     bx, MINE_DIRECTORY_ADDRESS
        call    read_sector
        jnc     __real_stage2_entry
        mov     si, unreadable
        call    text_print
.stay:  hlt
        jmp     .stay

; mine_real_mode - calls the link at LINK_ADDRESS; an interrupt handler, for bios_call()
;   in        real mode, DS = SS = 0
;   out       mine_result
;   clobbers  all but CS, SS, ESP
global mine_real_mode
mine_real_mode:
        mov     [our_esp], esp
        mov     esp, STACK_TOP                          ; our C code's stack is below the link's
        sti
        call    LINK_SEGMENT:0
        pushf                                           ; the link may change all but CS and SS:SP
        cli
        cld
        push    cs
        pop     ds
        mov     [mine_result.ax], ax
        pop     word [mine_result.flags]
        mov     [mine_result.sp], sp
        mov     esp, [our_esp]
        iret

; ---------------------------------------------------------------------------
bits 32

; __wrap_stage2_main - the same, with its stack below the student's
global __wrap_stage2_main
__wrap_stage2_main:
        mov     eax, [esp + 4]
        mov     edx, [esp + 8]
        mov     esp, MINE_STACK_TOP - 8                 ; 16-byte aligned at the call
        push    edx
        push    eax
        call    __real_stage2_main                      ; does not return

section .rodata
unreadable:
        db      "The sector that says whose each link is cannot be read.", 13, 10, 0

section .bss.low nobits alloc noexec write
        alignb  4
our_esp:        resd 1
global mine_result
mine_result:                                            ; struct mine_result (mine.h)
.ax:            resw 1
.flags:         resw 1
.sp:            resw 1

section .note.GNU-stack noalloc noexec nowrite progbits
