; rare_faults.asm - code that fails only on a CPU in an odd state; rare_faults.h
; has the C prototypes, test_rare_exceptions.c the state

bits 64
default rel

CR0_MP equ 1 << 1
CR0_EM equ 1 << 2
CR0_TS equ 1 << 3
CR0_NE equ 1 << 5
CR0_AM equ 1 << 18
CR4_OSFXSR equ 1 << 9
CR4_OSXMMEXCPT equ 1 << 10
RFLAGS_AC equ 1 << 18
RFLAGS_BIT_1 equ 2                              ; always 1
X87_DEFAULT equ 0x37f
MXCSR_DEFAULT equ 0x1f80
X87_ZM equ 1 << 2                               ; masks division by zero
MXCSR_ZM equ 1 << 9

%macro function 1
global %1
%1:
%endmacro

section .text

function fault_load_fs
function fault_load_fs_at
        mov     fs, edi
        ret

function fault_load_ss
function fault_load_ss_at
        mov     ss, edi
        ret

function fault_read_stack
        push    rbp
        mov     rbp, rdi
function fault_read_stack_at
        mov     rax, [rbp + 8]                  ; RBP as base means SS
        pop     rbp
        ret

function fault_interrupt_2
function fault_interrupt_2_at
        int     2
        ret

; The x87 reports an error at its next instruction.
function fault_x87_error
        mov     rax, cr0
        and     al, ~(CR0_EM | CR0_TS)
        or      al, CR0_MP | CR0_NE             ; NE: by #MF, not by an interrupt line
        mov     cr0, rax
        fninit
        push    X87_DEFAULT & ~X87_ZM
        fldcw   [rsp]
        fld1
        fldz
        fdivp
function fault_x87_error_at
        fwait
        pop     rax
        ret

function fault_sse_error
        mov     rax, cr0
        and     al, ~(CR0_EM | CR0_TS)
        or      al, CR0_MP
        mov     cr0, rax
        mov     rax, cr4
        or      rax, CR4_OSFXSR | CR4_OSXMMEXCPT
        mov     cr4, rax
        push    MXCSR_DEFAULT & ~MXCSR_ZM
        ldmxcsr [rsp]
        pop     rax
        xorps   xmm0, xmm0
        mov     eax, 1
        cvtsi2ss xmm1, eax
function fault_sse_error_at
        divss   xmm1, xmm0
        ret

function fault_in_32_bit_code
        mov     rsp, rdx
        push    rsi                             ; offset and selector: 4 and 2 bytes
        shl     qword [rsp], 32
        mov     [rsp], edi
        jmp     far dword [rsp]

function fault_in_ring_3
        mov     rax, cr0
        or      rax, CR0_AM
        mov     cr0, rax
        push    rdx
        push    rdi                             ; RSP, which is not used
        push    RFLAGS_BIT_1 | RFLAGS_AC
        push    rsi
        push    rdi
        iretq

; Code that runs as a copy elsewhere; EDI or RDI = its first byte.
section .rodata
bits 32
function code_overflow
        mov     al, 127
        add     al, 1
        into                                    ; 64-bit code has neither INTO nor BOUND
function code_overflow_end

function code_bound
        mov     eax, 3
function code_bound_at
        bound   eax, [edi + .limits - code_bound]
.limits:
        dd      0, 2
function code_bound_end

bits 64
function code_unaligned
        mov     eax, [rdi + 1]
function code_unaligned_end

section .note.GNU-stack noalloc noexec nowrite progbits
