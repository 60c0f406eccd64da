; entry.asm - the start of stage 2: from real mode to C in 32-bit protected mode
;
; Nothing here needs A20: code, data and stack are all below 64 KiB.
; Intel SDM 3A 9.9.1 (switching to protected mode).
;
;   in   real mode, DL = BIOS drive, DH = 1 if it was read by CHS (load_rest.asm)
;   out  stage2_main(drive, by_chs) in 32-bit protected mode, paging off, IF = 0,
;        flat segments, caches on, ESP = STACK_TOP, .bss zeroed, IDT in place

%include "layout.inc"
%include "stage2/protected_mode.inc"

extern stage2_main, gdt_pointer, fault_idt_pointer
extern low_bss_start, low_bss_end, bss_start, bss_end   ; stage2.ld

section .text.entry progbits alloc exec nowrite
bits 16
global stage2_entry
stage2_entry:
        cli
        enter_protected_mode fault_idt_pointer
        mov     esp, STACK_TOP
        movzx   ebx, dl
        movzx   edx, dh

        mov     edi, low_bss_start              ; not in the flat binary, and memory is
        mov     ecx, low_bss_end                ; not zero on real machines
        call    zero
        mov     edi, bss_start
        mov     ecx, bss_end
        call    zero

        xor     ebp, ebp                        ; backtraces end here
        sub     esp, 8                          ; 16-byte aligned at the call
        push    edx
        push    ebx
        call    stage2_main                     ; void stage2_main(uint32_t drive, bool by_chs);
.halt:
        hlt                                     ; not reached
        jmp     .halt

; zero - EDI up to ECX, a multiple of 4 bytes
;   clobbers  EAX, ECX, EDI
zero:
        sub     ecx, edi
        shr     ecx, 2
        xor     eax, eax
        cld
        rep stosd
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
