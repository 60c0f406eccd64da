# pmode.s - the way into protected mode, GNU as
    .code16
    .text
    .globl _start
_start:
    ljmp $0, $real
real:
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %ss
    movw $0x7c00, %sp
    cli
    inb $0x92, %al
    orb $2, %al
    outb %al, $0x92
    lgdt gdt_pointer
    movl %cr0, %eax
    orl $1, %eax
    movl %eax, %cr0
    ljmp $0x08, $protected

#ifdef MENDED
    .code32
#endif
protected:
    movw $0x10, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $0x90000, %esp
    movl $message, %esi
    movl $0xb8000 + 160 * 8, %edi
    movb $0x1e, %ah
1:  movb (%esi), %al
    testb %al, %al
    jz 2f
    movw %ax, (%edi)
    addl $1, %esi
    addl $2, %edi
    jmp 1b
2:  hlt
    jmp 2b

message:
    .asciz "32 bits at last"
    .balign 8
gdt:
    .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdt_pointer:
    .word . - gdt - 1
    .long gdt
    .org 510
    .word 0xaa55
    .section .note.GNU-stack, "", @progbits
