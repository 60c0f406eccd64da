; rodata_left_out.asm - objcopy took .text alone: the strings are not in the file
; cause: \.rodata
; try: objcopy
; link: -Ttext=0x100000
; objcopy: -j .text
bits 64
global _start
_start: mov     rsi, text
        mov     dx, 0x3f8
.next:  lodsb
        test    al, al
        jz      .halt
        out     dx, al
        jmp     .next
.halt:  cli
        hlt
section .rodata
text:   db      "Hello", 10, 0
