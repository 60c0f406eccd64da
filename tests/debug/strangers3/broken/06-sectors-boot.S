# Loads the kernel from the sectors after this one to 10000h and starts it in protected mode.
        .intel_syntax noprefix
        .code16
        .globl  _start
#ifdef MENDED
        .set    KERNEL_SECTORS, 40
#else
        .set    KERNEL_SECTORS, 8
#endif
_start: cli
        cld
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     ax, 0x1000
        mov     es, ax
        xor     bx, bx
        mov     ax, 0x0200 + KERNEL_SECTORS
        mov     cx, 2
        mov     dh, 0
        int     0x13
        jc      fail
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        .att_syntax
        ljmp    $8, $pm
        .intel_syntax noprefix

fail:   mov     ax, 0x0e21
        int     0x10
        hlt
        jmp     fail

        .code32
pm:     mov     ax, 16
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x90000
        mov     eax, 0x10000
        call    eax
idle:   hlt
        jmp     idle

        .balign 8
gdt:    .quad   0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr:   .word   gdtr - gdt - 1
        .long   gdt

        .org    510
        .word   0xaa55
