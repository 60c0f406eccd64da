; long_mode.asm - from 32-bit protected mode to the kernel in 64-bit long mode
;
;   void long_mode_enter(uint32_t page_tables, uint32_t efer, uint64_t entry,
;                        uint32_t boot_info) __attribute__((noreturn));
;
;   enters  32-bit protected mode, paging off, IF = 0; page_tables = address of
;           the PML4, efer = bits to set in EFER, entry = virtual address
;   leaves  at the kernel's entry as docs/architecture.md promises: long mode,
;           RDI = boot info, RSP = STACK_TOP, flat segments, no IDT, DF = IF = 0
;
; The order is the manuals': CR4.PAE, CR3, EFER.LME, CR0.PG, a far jump.
; QEMU forgives another one, Bochs and real CPUs don't.  AMD APM 2 14.6.

%include "layout.inc"
%include "stage2/selectors.inc"

%define CR4_PAE (1 << 5)
%define CR0_PG (1 << 31)
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
        rdmsr
        or      eax, [esp + 8]
        wrmsr
        mov     eax, cr0
        or      eax, CR0_PG
        mov     cr0, eax                        ; now in compatibility mode: 32-bit code
        lidt    [no_idt]                        ; the loader's IDT is 32-bit: no use any more
        jmp     SELECTOR_CODE64:.long_mode      ; CS.L = 1 makes it 64-bit

bits 64
.long_mode:
        mov     eax, edi                        ; ESI, EDI and EBX crossed over; the upper
        shl     rax, 32                         ; halves of RSI, RDI and RBX are undefined
        mov     esi, esi
        or      rax, rsi
        mov     edi, ebx
        mov     esp, STACK_TOP
        xor     ebp, ebp
        cld
        jmp     rax

section .rodata
no_idt:
        dw      0
        dd      0

section .note.GNU-stack noalloc noexec nowrite progbits
