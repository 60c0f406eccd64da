; long_mode.asm - from 32-bit protected mode to the kernel in 64-bit long mode
;
;   void long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry,
;                        uint32_t boot_info) __attribute__((noreturn));
;
;   in   32-bit protected mode, paging off, IF = 0; page_tables = address of
;        the PML4, efer = value of EFER, entry = virtual address
;   out  at the kernel's entry as docs/boot-protocol.md guarantees: every
;        general register, flag and control bit has the value set here,
;        whatever the firmware left in it
;
; The order is that of the manuals: CR4.PAE, CR3, EFER.LME, CR0.PG, a far jump.
; QEMU accepts another order, Bochs and real CPUs don't.  AMD APM 2 14.6.
;
; A 64-bit address always goes through page tables: AMD built long mode on paging and
; left out the mode without it.  Entries of 64 bits are what CR4.PAE turns on.  EFER is an
; MSR, a register with a number, which only RDMSR and WRMSR reach.

%include "layout.inc"
%include "stage2/protected_mode.inc"

%define CR4_PAE (1 << 5)
%define RFLAGS_NONE 2                           ; bit 1 is always 1
%define MSR_EFER 0xc0000080

section .text
bits 32
global long_mode_enter
long_mode_enter:
        mov     esi, [esp + 12]                 ; entry, low and high half
        mov     edi, [esp + 16]
        mov     ebx, [esp + 20]

        mov     eax, CR4_PAE
        mov     cr4, eax
        mov     eax, [esp + 4]
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, [esp + 8]
        xor     edx, edx
        wrmsr
        lldt    dx                              ; no LDT, whatever the firmware left
        mov     eax, CR0_PG | CR0_ET | CR0_PE
        mov     cr0, eax                        ; now in compatibility mode: 32-bit code
        lidt    [no_idt]                        ; the loader's IDT is 32-bit and not valid any more
        jmp     SELECTOR_CODE64:.long_mode      ; CS.L = 1 makes it 64-bit

bits 64
.long_mode:
        mov     esp, STACK_TOP
        mov     eax, esi                        ; only ESI, EDI and EBX are kept; the upper
        shl     rdi, 32                         ; halves of RSI, RDI and RBX are undefined
        or      rdi, rax
        push    rdi                             ; the entry, for RET
        mov     edi, ebx
        xor     eax, eax
        xor     ebx, ebx
        xor     ecx, ecx
        xor     edx, edx
        xor     esi, esi
        xor     ebp, ebp
%assign register 8
%rep 8
        xor     r %+ register %+ d, r %+ register %+ d
%assign register register + 1
%endrep
        push    RFLAGS_NONE                     ; DF = IF = 0; last, because XOR sets flags
        popfq
        ret

section .rodata
no_idt:
        dw      0
        dd      0

section .note.GNU-stack noalloc noexec nowrite progbits
