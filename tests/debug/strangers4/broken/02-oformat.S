# boot.s - as --32 boot.s -o boot.o && ld -m elf_i386 -Ttext 0x7c00 boot.o -o boot.img
    .code16
    .text
    .globl _start
_start:
    cli
    xorw %ax, %ax
    movw %ax, %ds
    movw %ax, %ss
    movw $0x7c00, %sp
    sti
    movw $greeting, %si
print:
    lodsb
    orb %al, %al
    jz stop
    movb $0x0e, %ah
    movw $7, %bx
    int $0x10
    jmp print
stop:
    hlt
    jmp stop
greeting:
    .asciz "booted by GNU as"
    .org 510
    .word 0xaa55
    .section .note.GNU-stack, "", @progbits
