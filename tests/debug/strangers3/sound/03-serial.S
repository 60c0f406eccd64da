# A menu on COM1, for a board without a keyboard: polls, never halts.
        .intel_syntax noprefix
        .code16
        .globl  _start
        .set    COM1, 0x3f8
_start: cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, 0x7000
        cld
        mov     dx, COM1 + 3
        mov     al, 0x80
        out     dx, al                  # divisor 1: 115200
        mov     dx, COM1
        mov     al, 1
        out     dx, al
        inc     dx
        xor     al, al
        out     dx, al
        mov     dx, COM1 + 3
        mov     al, 3
        out     dx, al
menu:   mov     si, offset text
        call    puts
read:   mov     dx, COM1 + 5
1:      in      al, dx
        test    al, 1
        jz      1b
        mov     dx, COM1
        in      al, dx
        call    putc
        cmp     al, 'r'
        je      reset
        cmp     al, 'm'
        je      menu
        jmp     read

reset:  mov     al, 0xfe
        out     0x64, al
1:      hlt
        jmp     1b

puts:   lodsb
        test    al, al
        jz      1f
        call    putc
        jmp     puts
putc:   mov     ah, al
        mov     dx, COM1 + 5
2:      in      al, dx
        test    al, 0x20
        jz      2b
        mov     al, ah
        mov     dx, COM1
        out     dx, al
1:      ret

text:   .asciz  "\r\nboard monitor: (m)enu, (r)eset\r\n? "
        .org    510
        .word   0xaa55
