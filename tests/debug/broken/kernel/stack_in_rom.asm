; stack_in_rom.asm - a stack below 1 MiB "where there is room": that is the BIOS's ROM
; cause: (ROM|read-only)
; try: stack
bits 64
org 0x100000
        mov     rsp, 0xf8000
        call    main
.halt:  cli
        hlt
main:   nop
        ret
