; 07-idle-start.asm - linked at FFFFFFFF80200000h: own page tables with only the upper mapping, own stack
bits 64
KERNEL equ 0xffffffff80000000
section .text.start
global start
extern kmain
start:
    mov rax, pdpt - KERNEL + 3
    mov [rel pml4 + 511 * 8], rax
    mov rax, pd - KERNEL + 3
    mov [rel pdpt + 510 * 8], rax
    lea rdi, [rel pd]
    mov rax, 0x83
    mov ecx, 512
.fill:
    stosq
    add rax, 0x200000
    loop .fill
    mov rax, pml4 - KERNEL
    mov cr3, rax                ; from here on nothing is mapped low
    mov rsp, stack_top
    call kmain
.idle:
    hlt
    jmp .idle

section .bss
align 4096
pml4: resb 4096
pdpt: resb 4096
pd: resb 4096
    resb 8192
stack_top:
section .note.GNU-stack noalloc noexec nowrite progbits
