; table_in_rom.asm - puts a table of functions to F0000h, "where there is room": the BIOS's ROM keeps what it has
; cause: read-only memory|ROM
; try: usable
bits 64
org 0x100000
        mov     rbx, 0xf0000
        mov     eax, hello
        mov     [rbx], rax
        call    [rbx]
.halt:  cli
        hlt
        jmp     .halt
hello:  mov     word [0xb8000], 0x0f48
        ret
