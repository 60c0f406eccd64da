; LBA -> CHS loader for a 1.44 MB layout
        org     7C00h

        cli
        xor     bx, bx
        mov     ds, bx
        mov     es, bx
        mov     ss, bx
        mov     sp, 7C00h
        sti
        mov     [DriveNumber], dl

        mov     si, Loading
        call    Print

        mov     ax, 1                   ; the sector after this one
        call    LBAToCHS
        mov     ax, 0201h
        mov     bx, 8000h
        int     13h
        jc      Error
        mov     si, 8000h
        call    Print
Stop:   hlt
        jmp     Stop

Error:  mov     si, Bad
        call    Print
        jmp     Stop

; in: AX = LBA   out: CX, DX as INT 13h wants them
LBAToCHS:
%ifdef MENDED
        xor     dx, dx
%endif
        div     word [SectorsPerTrack]
        mov     cl, dl
        inc     cl
%ifdef MENDED
        xor     dx, dx
%endif
        div     word [NumberOfHeads]
        mov     ch, al
        mov     dh, dl
        mov     dl, [DriveNumber]
        ret

Print:  lodsb
        or      al, al
        jz      .out
        mov     ah, 0Eh
        mov     bx, 7
        int     10h
        jmp     Print
.out:   ret

SectorsPerTrack dw      18
NumberOfHeads   dw      2
DriveNumber     db      0
Loading db      'Loading sector 1: ', 0
Bad     db      'read error', 0

        times   510-($-$$) db 0
        dw      0AA55h
        db      'here is sector one', 0
        times   1024-($-$$) db 0
