# a recursion in protected mode whose stack is at the end of low memory, and
# much of it is used
    .code16
    .text
    .globl _start
_start:
    ljmp $0, $begin
begin:
    xorw %ax, %ax
    movw %ax, %ds
    cli
    lgdt gdtr
    movl %cr0, %eax
    orb $1, %al
    movl %eax, %cr0
    ljmp $8, $flat

    .code32
flat:
    movw $16, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movl $0x9f000, %esp
    movl $20000, %ecx
    xorl %edx, %edx
    call deep
    cmpl $20000, %edx
    jne end
    movl $text, %esi
    movl $0xb8000 + 160 * 10, %edi
    movb $0x2f, %ah
1:  lodsb
    testb %al, %al
    jz end
    stosw
    jmp 1b
end:
    hlt
    jmp end

deep:
    pushl %ecx
    decl %ecx
    jz 1f
    call deep
1:  popl %ecx
    incl %edx
    ret

text:
    .asciz "20000 levels and back"
    .balign 8
gdt:
    .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:
    .word . - gdt - 1
    .long gdt
    .org 510
    .word 0xaa55
    .section .note.GNU-stack, "", @progbits
