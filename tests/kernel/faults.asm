; faults.asm - code that fails; faults.h has the C prototypes
;
; In assembly, because a compiler may do anything with code that it knows to
; be wrong, and because the tests need the address of the exact instruction.

bits 64
default rel

section .text

%macro function 1
global %1
%1:
%endmacro

function fault_divide
        xor     edx, edx
        xor     ecx, ecx
        mov     eax, 1
function fault_divide_at
        div     ecx
        ret

function fault_invalid
function fault_invalid_at
        ud2

function fault_without_stack
        mov     rax, 0x8000000000000000
        mov     rsp, rax
        push    rax
        ud2

function fault_read
function fault_read_at
        mov     rax, [rdi]
        ret

function fault_write
function fault_write_at
        mov     [rdi], rax
        ret

function fault_fetch
        call    rdi
        ret

function fault_single_step
        pushfq
        or      qword [rsp], 0x100              ; RFLAGS.TF
        popfq
        nop
        ret

function fault_x87                              ; CR0.TS: the x87 is not there
        mov     rax, cr0
        or      rax, 8
        mov     cr0, rax
function fault_x87_at
        fnop
        ret

function fault_selector
function fault_selector_at
        mov     ds, edi
        ret

function fault_interrupt_128
        int     128
function fault_interrupt_128_after
        ret

function raise_interrupt_39
        int     39
        ret

function raise_interrupt_47
        int     47
        ret

function raise_interrupt_255
        push    rbp                             ; a frame, for backtraces
        mov     rbp, rsp
        int     255
        pop     rbp
        ret

function raise_interrupt_255_with_direction
        std
        int     255                             ; IRET restores DF = 1
        cld
        ret

function fault_on_odd_stack
        and     rsp, -16
        push    rax
        ud2

function fault_with_direction
        std
        ud2

; Register n (RAX 0, RBX 1, ... as the report has them) holds n00000000000000nh.
%macro load 1-*
%assign n 0
%rep %0
        mov     %1, (n << 60) | n
%assign n n + 1
%rotate 1
%endrep
%endmacro

; A wrong RSP would also be noticed: RET would not return.
%define REGISTERS rax, rbx, rcx, rdx, rsi, rdi, rbp, r8, r9, r10, r11, r12, r13, r14, r15
%macro save 1-*
%rep %0
        push    %1
%rotate 1
%endrep
%endmacro
%macro restore 1-*
%rep %0
%rotate -1
        pop     %1
%endrep
%endmacro
%macro compare 1-*                              ; each with the value that `load` gave it;
%assign n 0                                     ; the stack keeps R15 for the 64-bit constants
%rep %0 - 1
        mov     r15, (n << 60) | n
        cmp     %1, r15
        jne     .changed
%assign n n + 1
%rotate 1
%endrep
%endmacro

function fault_breakpoint_keeps_registers
        save    REGISTERS
        load    REGISTERS
        int3
        rol     r15, 4                          ; 14 at both ends, both at one
        cmp     r15, 0xee
        jne     .changed
        compare REGISTERS
        restore REGISTERS
        mov     eax, 1
        ret
.changed:
        restore REGISTERS
        xor     eax, eax
        ret

function fault_with_registers
        load    REGISTERS
        ud2

section .note.GNU-stack noalloc noexec nowrite progbits
