# Hello from GNU as, in one sector
        .code16
        .text
        .globl  _start
_start: xorw    %ax, %ax
        movw    %ax, %ds
        movw    %ax, %ss
        movw    $_start, %sp
        cld
        movw    $hello, %si
        movb    $0x0e, %ah
        xorw    %bx, %bx
next:   lodsb
        testb   %al, %al
        jz      stop
        int     $0x10
        jmp     next
stop:   hlt
        jmp     stop

hello:  .asciz  "Hello from AT&T syntax!"

#ifdef MENDED
        .org    510
#else
        .org    512                     # "a boot sector has 512 bytes and ends with AA55h"
#endif
        .word   0xaa55
