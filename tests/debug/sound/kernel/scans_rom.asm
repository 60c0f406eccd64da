; scans_rom.asm - looks for ACPI's RSDP in the ROM, and writes what it found into memory of its own
bits 64
org 0x100000
        mov     edi, 0xe0000
        mov     rax, "RSD PTR "
.scan:  cmp     [rdi], rax
        je      .found
        add     edi, 16
        cmp     edi, 0x100000
        jb      .scan
.found: mov     rsi, rdi
        lea     rdi, [rel copy]
        mov     ecx, 20
        rep     movsb
.halt:  cli
        hlt
        jmp     .halt
copy:   times   20 db 0
