; memory_map.asm - waits for CF = 1 only
%include "link.inc"

%define SMAP 0x534d4150
%define ENTRY 24

        bits    16
        org     0
start:
        xor     ebx, ebx                        ; the beginning of the list
        xor     di, di
        xor     bp, bp                          ; how many there are
.next:
        mov     ax, SCRATCH_ADDRESS >> 4
        mov     es, ax
        mov     dword [es:di + 20], 1           ; attributes, if the BIOS writes 20 bytes
        mov     eax, 0xe820
        mov     edx, SMAP
        mov     ecx, ENTRY
        push    bp
        push    di
        int     0x15                            ; may change all but SS and SP
        pop     di
        pop     bp
        jc      .end                            ; this is not an entry
        cmp     eax, SMAP
        jne     .none
        inc     bp
        add     di, ENTRY
        cmp     bp, MEMORY_MAP_MAX              ; there are lists without end
        je      .end
        jmp     .next
.end:
        test    bp, bp
        jz      .none
        mov     ax, bp
        clc
        retf
.none:
        stc
        retf
