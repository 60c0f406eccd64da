# Counts down in protected mode, then resets by port 92h.
        .code16
        .globl  _start
_start: cli
        xorw    %ax, %ax
        movw    %ax, %ds
        lgdtl   gdtr
        movl    %cr0, %eax
        orb     $1, %al
        movl    %eax, %cr0
        ljmp    $8, $pm

        .code32
pm:     movw    $16, %ax
        movw    %ax, %ds
        movw    %ax, %es
        movw    %ax, %ss
        movl    $0x7c00, %esp
        movl    $0xb8000 + 160 * 20, %edi
        movl    $text, %esi
        movb    $0x4f, %ah
1:      lodsb
        testb   %al, %al
        jz      2f
        stosw
        movw    $0x3fd, %dx             # ... and on COM1
3:      inb     %dx, %al
        testb   $0x20, %al
        jz      3b
        movb    -1(%esi), %al
        movw    $0x3f8, %dx
        outb    %al, %dx
        jmp     1b
2:      inb     $0x92, %al
        orb     $1, %al
        outb    %al, $0x92
4:      hlt
        jmp     4b

text:   .asciz  "3 2 1 fast reset"
        .balign 8
gdt:    .quad   0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   .word   gdtr - gdt - 1
        .long   gdt
        .org    510
        .word   0xaa55
