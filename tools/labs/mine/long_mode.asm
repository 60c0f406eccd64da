; long_mode.asm - runs the student's switch to long mode, and comes back to 32-bit code
;
;   uint32_t mine_long_mode(void);
;
;   in   32-bit protected mode, paging off, IF = 0
;   out  CR3; in compatibility mode (32-bit code under long mode) with the student's page
;        tables and our GDT, so that C code can judge them
;
; There is no IDT for this: an exception resets the machine, and the note says so in the next boot.

%include "tools/labs/links/link.inc"
%include "stage2/protected_mode.inc"

%define PASSED_ON 0x51a70ed0                    ; what has to arrive in EDX

section .text
bits 32
global mine_long_mode
mine_long_mode:
        push    ebx
        push    esi
        push    edi
        push    ebp
        mov     [our_esp], esp
        sgdt    [our_gdt]
        mov     dword [our_gdt + 6], 0          ; LGDT of 64-bit mode reads a base of eight bytes
        lidt    [no_idt]
        mov     ebx, target
        mov     edx, PASSED_ON
        mov     esp, STACK_TOP
        cld
        jmp     LINK_ADDRESS

bits 64
taken_over:                                     ; in the upper part of the addresses
        mov     [mine_long_mode_state.rsp], rsp
        mov     [mine_long_mode_state.edx], edx
        mov     esp, STACK_TOP
        pushfq
        pop     qword [mine_long_mode_state.rflags]
        mov     rax, cr3
        lgdt    [our_gdt]
        mov     esp, [our_esp]
        push    SELECTOR_CODE32
        push    .compatible
        o64 retf
bits 32
.compatible:
        mov     cx, SELECTOR_DATA
        mov     ds, cx
        mov     es, cx
        mov     fs, cx
        mov     gs, cx
        mov     ss, cx
        cld
        pop     ebp
        pop     edi
        pop     esi
        pop     ebx
        ret

section .data
        align   8, db 0
no_idt: dw      0
        dd      0
        align   8, db 0
target: dd      taken_over + (KERNEL_BASE & 0xffffffff)
        dd      KERNEL_BASE >> 32

section .bss.low nobits alloc noexec write
        alignb  8
our_gdt:        resb 10
                alignb 4
our_esp:        resd 1
                alignb 8
global mine_long_mode_state
mine_long_mode_state:                           ; struct mine_long_mode_state (long_mode.c)
.rsp:           resq 1
.rflags:        resq 1
.edx:           resd 1
                resd 1

section .note.GNU-stack noalloc noexec nowrite progbits
