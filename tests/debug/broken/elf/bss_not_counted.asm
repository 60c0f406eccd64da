; bss_not_counted.asm - 1 MiB of .bss that MEMSZ does not mention
; cause: \.bss
; try: MEMSZ=
; link: -Ttext=0x100000
bits 64
global _start
_start: mov     rsp, stack
        call    main
.halt:  cli
        hlt
main:   mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
        ret
section .bss
        resb    0x100000
stack:
