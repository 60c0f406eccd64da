; entry.asm - lab 7's first instructions: report to the checks, call kernel_main, report again
;
; The reports are at fixed distances from the first byte: names could be the student's as well.  Each
; address is the full one that the linker put in, so it says what the linker believes.

        bits    64
        default rel

        extern  given_text, given_length, given_data, given_bss, kernel_main, say_whose
        extern  kernel_rodata:weak
        extern  kernel_data:weak
        extern  kernel_file_end:weak
        extern  kernel_end:weak

STACK_BYTES     equ 16384

section .text.entry progbits alloc exec nowrite
        global  _start
_start:
        jmp     strict short report
        db      "FIRST"                         ; by this the checks know that it is here

report:
        lea     rax, [_start]
        mov     rbx, qword _start
        mov     rcx, qword given_text
        mov     rdx, qword given_data
        mov     rsi, qword given_bss
        mov     r8, qword kernel_rodata
        mov     r9, qword kernel_data
        mov     r10, qword kernel_file_end
        mov     r11, qword kernel_end
        times   0x80 - ($ - $$) nop             ; 80h: all of it is in the registers
        mov     rsp, qword stack_top
        mov     rdi, qword given_text
        mov     rsi, qword given_length
        mov     rsi, [rsi]
        call    kernel_main
        times   0xc0 - ($ - $$) nop             ; C0h: it has returned
        call    say_whose
finished:
        hlt
        jmp     finished

section .bss
        alignb  16
        resb    STACK_BYTES
stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
