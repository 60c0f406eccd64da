; e820.asm - asks the BIOS which memory there is, one range a call
        bits    16
        org     0x7c00
map     equ     0x8000
start:
        xor     ax, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     di, map                 ; ES:DI = where the BIOS puts a range
        xor     ebx, ebx                ; 0: begin with the first one
next:
        mov     eax, 0xe820
        mov     edx, 0x534d4150         ; "SMAP", so that the BIOS knows we mean it
        mov     ecx, 20                 ; bytes of a range
        int     0x15
        jc      done                    ; some BIOSes say so after the last one,
        add     di, 24
        test    ebx, ebx                ; others return 0 with the last one
        jnz     next
done:
        cli
        hlt
        jmp     done

        times   510-($-$$) db 0
        dw      0xaa55
