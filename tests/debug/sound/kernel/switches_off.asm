; switches_off.asm - ACPI's sleep state S5 on QEMU's chipset
bits 64
org 0x100000
        mov     dx, 0x604
        mov     ax, 0x2000
        out     dx, ax
.halt:  cli
        hlt
        jmp     .halt
