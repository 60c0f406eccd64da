; kernel.asm - a Multiboot kernel for other loaders, which reports whether it arrived intact
;
; 128 KiB, as large as our own kernel.  It prints "whole" on COM1 if its words add up and
; the loader passed on a memory map in which this kernel's memory is usable, "damaged" or
; "no map" if not.
;
; Multiboot Specification 0.6.96, with the addresses in the header (no ELF).

%define LOAD 0x200000
%define SIZE 0x20000
%define DATA 0x200
%define MAGIC 0x1badb002
%define FLAGS 0x00010002                        ; addresses here; memory information wanted
%define HAS_MAP 0x40                            ; of the loader's information
%define MAP_LENGTH 44
%define MAP_ADDRESS 48
%define USABLE 1
%define COM1 0x3f8

bits 32
org LOAD

header: dd      MAGIC, FLAGS, -(MAGIC + FLAGS)
        dd      header, LOAD, LOAD + SIZE, LOAD + SIZE, start

start:
        mov     esp, LOAD + SIZE + 0x1000
        xor     eax, eax
        mov     esi, data
        mov     ecx, (SIZE - DATA) / 4
.sum:
        add     eax, [esi]
        rol     eax, 1
        add     esi, 4
        loop    .sum
        mov     esi, damaged
        cmp     eax, [expected]
        jne     .say
        mov     esi, no_map
        test    dword [ebx], HAS_MAP
        jz      .say
        mov     edi, [ebx + MAP_ADDRESS]
        mov     ecx, [ebx + MAP_LENGTH]
        add     ecx, edi
.range:
        cmp     edi, ecx
        jae     .say
        mov     ebp, edi                        ; size of the rest, base, length, type
        add     edi, [ebp]
        add     edi, 4
        cmp     dword [ebp + 20], USABLE
        jne     .range
        cmp     dword [ebp + 8], 0              ; it begins below 4 GiB,
        jne     .range
        mov     eax, LOAD                       ; and not after us,
        sub     eax, [ebp + 4]
        jb      .range
        cmp     dword [ebp + 16], 0             ; and ends after us
        jne     .found
        add     eax, SIZE
        cmp     [ebp + 12], eax
        jb      .range
.found:
        mov     esi, whole
.say:
        lodsb
        mov     ah, al
        mov     dx, COM1 + 5
.wait:
        in      al, dx
        test    al, 0x20
        jz      .wait
        mov     dx, COM1
        mov     al, ah
        out     dx, al
        test    al, al
        jnz     .say
.stop:
        hlt
        jmp     .stop

whole:  db      13, 10, "kernel: whole", 13, 10, 0
damaged: db     13, 10, "kernel: damaged", 13, 10, 0
no_map: db      13, 10, "kernel: no map", 13, 10, 0

        times DATA - 4 - ($ - $$) db 0
expected:                                       ; disks.py puts it in
        dd      0
        times DATA - ($ - $$) db 0
data:                                           ; the rest, disks.py's
