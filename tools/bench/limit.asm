; limit.asm - the bare limit that `make bench` measures the loader against
;
; The least that still gets a flat kernel from a BIOS disk into memory above
; 1 MiB and into long mode: INT 13h function 42h in pieces of 128 sectors, a
; bounce buffer, REP MOVSD in protected mode.  It checks nothing, reports nothing
; and hangs on every error: a yardstick, not a loader.
;
;   nasm -f bin -I BUILD/include/ -D SECTORS=n -D ENTRY=address -o limit.mbr limit.asm
;
;   enters  real mode at 0:7C00, DL = drive
;   leaves  long mode at ENTRY; physical 0-128 MiB mapped there and at KERNEL_BASE

%include "layout.inc"

%define PIECE 128               ; sectors per call: SeaBIOS accepts no more

%define CODE32 8
%define DATA32 16
%define CODE16 24
%define DATA16 32
%define CODE64 40

%define PML4 PAGE_TABLES_ADDRESS
%define PDPT (PAGE_TABLES_ADDRESS + 0x1000)
%define DIRECTORY (PAGE_TABLES_ADDRESS + 0x2000)
%define PRESENT_WRITABLE 3
%define LARGE 0x83              ; a page of 2 MiB, present and writable

org MBR_ADDRESS
bits 16
        cli
        xor     ax, ax
        mov     ds, ax
        mov     ss, ax
        mov     sp, STACK_TOP
        mov     [drive], dl
        lgdt    [gdt_pointer]
        cld

read:
        sti
        mov     eax, PIECE
        cmp     eax, [left]
        jbe     .count
        mov     eax, [left]
.count:
        mov     [packet.count], ax
        mov     ah, 0x42
        mov     dl, [drive]
        mov     si, packet
        int     0x13
        jc      $

        cli
        movzx   ecx, word [packet.count]
        add     [packet.lba], ecx
        sub     [left], ecx
        shl     ecx, 7                          ; sectors to 32-bit words
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     CODE32:.copy
bits 32
.copy:
        mov     ax, DATA32
        mov     ds, ax
        mov     es, ax
        mov     esi, BOUNCE_ADDRESS
        mov     edi, [target]
        rep movsd
        mov     [target], edi
        cmp     dword [left], 0
        je      enter_long_mode
        jmp     CODE16:.back
bits 16
.back:
        mov     ax, DATA16
        mov     ds, ax
        mov     es, ax
        mov     eax, cr0
        and     al, ~1
        mov     cr0, eax
        jmp     0:.real
.real:
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        jmp     read

bits 32
enter_long_mode:
        mov     edi, PML4
        mov     ecx, 3 * 0x1000 / 4
        xor     eax, eax
        rep stosd
        mov     dword [PML4], PDPT + PRESENT_WRITABLE
        mov     dword [PML4 + 511 * 8], PDPT + PRESENT_WRITABLE
        mov     dword [PDPT], DIRECTORY + PRESENT_WRITABLE
        mov     dword [PDPT + 510 * 8], DIRECTORY + PRESENT_WRITABLE
        mov     edi, DIRECTORY
        mov     eax, LARGE
.map:
        mov     [edi], eax
        add     edi, 8
        add     eax, 0x200000
        cmp     eax, 0x8000000
        jb      .map

        mov     eax, 1 << 5                     ; CR4.PAE
        mov     cr4, eax
        mov     eax, PML4
        mov     cr3, eax
        mov     ecx, 0xc0000080                 ; EFER
        rdmsr
        or      ah, 1                           ; LME
        wrmsr
        mov     eax, cr0
        or      eax, 1 << 31                    ; CR0.PG
        mov     cr0, eax
        jmp     CODE64:.long_mode
bits 64
.long_mode:
        mov     rax, ENTRY
        jmp     rax

        align   8
gdt:
        dq      0
        dq      0x00cf9b000000ffff              ; CODE32
        dq      0x00cf93000000ffff              ; DATA32
        dq      0x00009b000000ffff              ; CODE16
        dq      0x000093000000ffff              ; DATA16
        dq      0x00af9b000000ffff              ; CODE64
gdt_pointer:
        dw      $ - gdt - 1
        dd      gdt

packet:
        dw      16
.count: dw      0
        dw      0, BOUNCE_ADDRESS >> 4
.lba:   dq      KERNEL_LBA + 1                  ; after the kernel's header
target: dd      KERNEL_LOAD_ADDRESS
left:   dd      SECTORS
drive:  db      0

        times   MBR_MAGIC_OFFSET - ($ - $$) db 0
        db      0x55, 0xaa
