; entry.asm - the first instructions of the kernel that checks the boot protocol
;
; Saves every register as the loader left it, then enters C on a stack of its
; own.  The code is position-independent: one binary runs at any load address
; and in both mappings.
;
;   enters  as docs/boot-protocol.md says, which is to be checked:
;           it relies only on 64-bit mode and writable memory
;   leaves  in protocol_main(), RSP in a stack of 8 KiB

bits 64
default rel

MSR_EFER equ 0xc0000080
MSR_FS_BASE equ 0xc0000100
MSR_GS_BASE equ 0xc0000101
STACK_SIZE equ 8192

; struct entry_state (entry_state.h)
struc state
.general:       resq 16                         ; in the order of their numbers, RSP among them
.rip:           resq 1
.rflags:        resq 1
.cr0:           resq 1
.cr3:           resq 1
.cr4:           resq 1
.efer:          resq 1
.fs_base:       resq 1
.gs_base:       resq 1
.cs:            resw 1
.ss:            resw 1
.ds:            resw 1
.es:            resw 1
.fs:            resw 1
.gs:            resw 1
.ldtr:          resw 1
.gdt:           resb 10
.idt:           resb 10
endstruc

extern protocol_main
extern file_end
extern memory_end

; %1 = MSR, %2 = field
%macro keep_msr 2
        mov     ecx, %1
        rdmsr
        mov     [entry_state + state.%2], eax
        mov     [entry_state + state.%2 + 4], edx
%endmacro

section .text.entry progbits alloc exec nowrite
global protocol_start
protocol_start:
        mov     [entry_state + state.general + 8 * 0], rax      ; MOV leaves the flags alone
        mov     [entry_state + state.general + 8 * 1], rcx
        mov     [entry_state + state.general + 8 * 2], rdx
        mov     [entry_state + state.general + 8 * 3], rbx
        mov     [entry_state + state.general + 8 * 4], rsp
        mov     [entry_state + state.general + 8 * 5], rbp
        mov     [entry_state + state.general + 8 * 6], rsi
        mov     [entry_state + state.general + 8 * 7], rdi
%assign number 8
%rep 8
        mov     [entry_state + state.general + 8 * number], r %+ number
%assign number number + 1
%endrep
        lea     rsp, [stack_top]
        pushfq
        pop     qword [entry_state + state.rflags]
        cld

        lea     rax, [protocol_start]
        mov     [entry_state + state.rip], rax
        mov     rax, cr0
        mov     [entry_state + state.cr0], rax
        mov     rax, cr3
        mov     [entry_state + state.cr3], rax
        mov     rax, cr4
        mov     [entry_state + state.cr4], rax
        keep_msr MSR_EFER, efer
        keep_msr MSR_FS_BASE, fs_base
        keep_msr MSR_GS_BASE, gs_base
        mov     [entry_state + state.cs], cs
        mov     [entry_state + state.ss], ss
        mov     [entry_state + state.ds], ds
        mov     [entry_state + state.es], es
        mov     [entry_state + state.fs], fs
        mov     [entry_state + state.gs], gs
        sldt    [entry_state + state.ldtr]
        sgdt    [entry_state + state.gdt]
        sidt    [entry_state + state.idt]

        lea     rdi, [file_end]                 ; what is not in the file, up to the end of
        lea     rcx, [memory_end]               ; .bss, which nothing has used yet
        sub     rcx, rdi
        xor     eax, eax
        repe scasb
        setne   [entry_bss_is_dirty]

        xor     ebp, ebp
        call    protocol_main
        ud2                                     ; it does not return

section .data
        align   16
global entry_state
entry_state:
        times state_size db 0
global entry_bss_is_dirty
entry_bss_is_dirty:
        db      0
        align   16
        times STACK_SIZE db 0                   ; not in .bss, which is checked
stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
