; carrier.asm - loads the link of lab 6, enters it in protected mode and shows that it came back
; in 64-bit mode.  README.md has the contract.

%include "carrier.inc"

%define CODE 0x08
%define DATA 0x10
%define CR0_PE 1
%define PASSED_ON 0x51a70800                    ; what has to arrive in EDX
%define LEFTOVER 0xcc                           ; what lies in the tables' memory; bit 0 is P

enter_link:
        as_the_bios_left_it
        cli
        cld
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdt_pointer]
        mov     eax, cr0
        or      al, CR0_PE
        mov     cr0, eax
        jmp     CODE:.protected

        bits    32
.protected:
        mov     eax, DATA
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        mov     ss, eax
        mov     esp, STACK_TOP
        mov     al, LEFTOVER | 1
        mov     edi, PAGE_TABLES_ADDRESS
        mov     ecx, PAGE_TABLES_PAGES * 4096
        rep     stosb
        mov     eax, 0xdeadbeef
        mov     ecx, eax
        mov     esi, eax
        mov     edi, eax
        mov     ebp, eax
        mov     ebx, target
        mov     edx, PASSED_ON
        jmp     LINK_ADDRESS

        align   8, db 0
target: dq      KERNEL_BASE + taken_over        ; where physical 0 to 2 GiB are mapped as well
gdt:    dq      0
        dq      0x00cf9b000000ffff              ; 32-bit code, as lab 5 leaves it
        dq      0x00cf93000000ffff              ; data
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1
        dd      gdt

        bits    64
taken_over:
        show    message
message:
        db      "Page tables and long mode: yours.", 0

        end_of_carrier
