# real mode to long mode in 512 bytes: tables at 1000h, no IDT at all
    .code16
    .text
    .globl _start
_start:
    ljmp $0, $1f
1:  xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %es
    movw %ax, %ss
    movw $_start, %sp
    cld
    movw $0x1000, %di
    xorl %eax, %eax
    movw $0x3000 / 4, %cx
    rep stosl
    movw $0x2003, 0x1000
    movw $0x3003, 0x2000
    movw $0x0083, 0x3000
    cli
    movl $0xa0, %eax
    movl %eax, %cr4
    movl $0x1000, %eax
    movl %eax, %cr3
    movl $0xc0000080, %ecx
    rdmsr
    orw $0x100, %ax
    wrmsr
    movl %cr0, %eax
    orl $0x80000001, %eax
    movl %eax, %cr0
    lgdt gdtr
    ljmp $8, $long_mode

    .code64
long_mode:
    movl $text, %esi
    movl $0xb8000 + 160 * 6, %edi
    movb $0x1f, %ah
1:  lodsb
    testb %al, %al
    jz 2f
    stosw
    jmp 1b
2:  cli
3:  hlt
    jmp 3b

text:
    .asciz "64 bits in 512 bytes"
gdt:
    .quad 0, 0x00209a0000000000
gdtr:
    .word . - gdt - 1
    .long gdt
    .org 510
    .word 0xaa55
    .section .note.GNU-stack, "", @progbits
