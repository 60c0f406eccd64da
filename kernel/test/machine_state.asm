; machine_state.asm - reads the machine's state; machine_state.h has the C side
;
; test_start is the entry of the test image.  It saves what the loader left
; and then continues where the loader would have jumped to.
;
;   in   as _start (kernel/entry.asm)
;   out  in _start, RDI and RSP unchanged

bits 64
default rel

MSR_EFER equ 0xc0000080
PIC1_MASK equ 0x21
PIC2_MASK equ 0xa1

struc machine_state
.rsp:           resq 1
.rflags:        resq 1
.cr0:           resq 1
.cr3:           resq 1
.cr4:           resq 1
.efer:          resq 1
.cs:            resw 1
.ss:            resw 1
.ds:            resw 1
.es:            resw 1
.fs:            resw 1
.gs:            resw 1
.gdt:           resb 10
.idt:           resb 10
endstruc

extern _start
extern kernel_file_end
extern kernel_end

section .text
global test_start
test_start:
        mov     [entry_rdi], rdi
        lea     rdi, [entry_state]              ; neither instruction changes a flag
        call    machine_state_read
        cld
        in      al, PIC1_MASK
        mov     [entry_pic_masks], al
        in      al, PIC2_MASK
        mov     [entry_pic_masks + 1], al

        lea     rdi, [kernel_file_end]          ; .bss, which nothing has used yet
        lea     rcx, [kernel_end]
        sub     rcx, rdi
        xor     eax, eax
        repe scasb
        je      .clean
        dec     rdi
        mov     [entry_dirty], rdi
.clean: mov     rdi, [entry_rdi]
        jmp     _start

; void machine_state_read(struct machine_state *state)
;   clobbers  RAX, RCX, RDX
global machine_state_read
machine_state_read:
        pushfq
        pop     qword [rdi + machine_state.rflags]
        lea     rax, [rsp + 8]
        mov     [rdi + machine_state.rsp], rax
        mov     rax, cr0
        mov     [rdi + machine_state.cr0], rax
        mov     rax, cr3
        mov     [rdi + machine_state.cr3], rax
        mov     rax, cr4
        mov     [rdi + machine_state.cr4], rax
        mov     ecx, MSR_EFER
        rdmsr
        mov     [rdi + machine_state.efer], eax
        mov     [rdi + machine_state.efer + 4], edx
        mov     [rdi + machine_state.cs], cs
        mov     [rdi + machine_state.ss], ss
        mov     [rdi + machine_state.ds], ds
        mov     [rdi + machine_state.es], es
        mov     [rdi + machine_state.fs], fs
        mov     [rdi + machine_state.gs], gs
        sgdt    [rdi + machine_state.gdt]
        sidt    [rdi + machine_state.idt]
        ret

section .data                                   ; not .bss, which is being checked
        align   8
global entry_rdi
global entry_dirty
global entry_state
global entry_pic_masks
entry_rdi:      dq 0
entry_dirty:    dq 0
entry_state:    times machine_state_size db 0
entry_pic_masks: dw 0

section .note.GNU-stack noalloc noexec nowrite progbits
