; protected_mode.asm - makes its table while it runs, finds its own address from CS, and changes CS by RETF
%include "link.inc"

        bits    16
        org     0
        cld
        push    cs
        pop     es
        xor     ecx, ecx
        mov     cx, cs
        shl     ecx, 4                  ; our linear address
        lea     eax, [ecx + table]
        mov     [cs:table + 2], eax     ; GDTR's image lies in the null descriptor, which is not used
        mov     di, table + 8
        mov     si, access
.descriptor:
        mov     eax, 0xffff             ; limit 15-0, base 15-0
        stosd
        mov     eax, 0x00cf0000         ; base 23-16 and 31-24, limit 19-16, G and D
        mov     ah, [cs:si]
        inc     si
        stosd
        cmp     si, access_end
        jb      .descriptor

        cli
        o32 lgdt [cs:table]
        lea     eax, [ecx + protected]
        smsw    cx
        or      cx, 1
        lmsw    cx
        push    dword 0x18              ; the last one is the code
        push    eax
        o32 retf

access: db      0x92, 0x92, 0x9a
access_end:

        bits    32
protected:
        push    dword 8                 ; SS is still the one of real mode
        pop     ss
        mov     esp, STACK_TOP
        push    ss
        pop     ds
        push    ss
        pop     es
        mov     cx, 0x10
        mov     fs, cx
        mov     gs, cx
        push    ebx
        ret

        align   16, db 0
table:  dw      4 * 8 - 1
        times   30 db 0
