; call_returns.asm - the entry calls main(), main() returns, and zeros follow the call
; cause: (ran|runs) (on )?(past|into|beyond)
; try: hlt|loop
bits 64
org 0x100000
        call    main
        times   64 db 0
main:   mov     dx, 0x3f8
        mov     al, 'K'
        out     dx, al
        ret
