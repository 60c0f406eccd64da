; entry.asm - stage 2 begins: from real mode to C in 32-bit protected mode
;
; Nothing here needs A20: code, data and stack all lie below 64 KiB.
; Intel SDM 3A 9.9.1 (switching to protected mode).
;
;   enters  real mode at 0:STAGE2_ADDRESS, DL = BIOS drive, IF = 1
;   leaves  stage2_main(drive) in 32-bit protected mode, paging off, IF = 0,
;           flat segments, caches on, ESP = STACK_TOP, .bss zeroed, IDT in place

%include "layout.inc"
%include "stage2/protected_mode.inc"

extern stage2_main, bss_start, bss_end, gdt_pointer, fault_idt_pointer

section .text.entry progbits alloc exec nowrite
bits 16
global stage2_entry
stage2_entry:
        cli
        enter_protected_mode fault_idt_pointer
        mov     esp, STACK_TOP
        movzx   ebx, dl

        cld
        mov     edi, bss_start                  ; the flat binary ends where .bss begins,
        mov     ecx, bss_end                    ; and memory is not zero on real machines
        sub     ecx, edi
        shr     ecx, 2
        xor     eax, eax
        rep stosd

        xor     ebp, ebp                        ; backtraces end here
        sub     esp, 12                         ; 16-byte aligned at the call
        push    ebx
        call    stage2_main                     ; void stage2_main(uint32_t drive);
.halt:
        hlt                                     ; not reached
        jmp     .halt

section .note.GNU-stack noalloc noexec nowrite progbits
