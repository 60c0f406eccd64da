; entry.asm - the kernel's first instructions
;
; The loader jumps to _start.  From here on the kernel stands on its own stack
; and its own GDT, so that the loader's memory may be given away later.
;
;   enters  long mode, RDI = physical address of struct boot_info, RSP = a small
;           stack of the loader's, IF = 0, DF = 0, no IDT, PICs masked; paging
;           maps physical 0-2 GiB at KERNEL_BASE, .bss is zeroed
;   leaves  in kernel_main(RDI): CS and SS, DS, ES from the GDT below, FS = GS = 0,
;           RSP in kernel_stack and aligned as C expects, RBP = 0: the end of
;           every backtrace
;
; Segments: AMD APM 2, 4.8 (in long mode base and limit are ignored).

bits 64
default rel

KERNEL_CODE equ gdt.code - gdt
KERNEL_DATA equ gdt.data - gdt
KERNEL_STACK_SIZE equ 16384

extern kernel_main

section .text.entry progbits alloc exec nowrite
global _start
_start:
        lgdt    [gdt_pointer]
        lea     rsp, [kernel_stack_top]
        xor     ebp, ebp

        push    KERNEL_CODE                     ; a far return is the way to load CS
        lea     rax, [.new_segments]
        push    rax
        o64 retf
.new_segments:
        mov     eax, KERNEL_DATA
        mov     ss, eax
        mov     ds, eax
        mov     es, eax
        xor     eax, eax
        mov     fs, eax
        mov     gs, eax

        call    kernel_main
        ud2                                     ; kernel_main does not return

section .rodata
        align   8
gdt:
        dq      0                               ; selector 0 is never valid
.code:  dq      0x00af9b000000ffff              ; 64-bit code, ring 0; "accessed" is set,
.data:  dq      0x00cf93000000ffff              ; so that the CPU never writes to the table
.end:

gdt_pointer:
        dw      gdt.end - gdt - 1
        dq      gdt

section .bss
        alignb  16
global kernel_stack
kernel_stack:
        resb    KERNEL_STACK_SIZE
global kernel_stack_top
kernel_stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
