; own_tables.asm - its own GDT with a TSS, its own stack and page tables, SSE with an aligned stack
bits 64
org 0x100000
        mov     rsp, stack
        lgdt    [gdtr]
        push    0x08
        mov     rax, .reload
        push    rax
        o64 retf
.reload:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     eax, tss
        mov     [gdt.tss + 2], ax
        shr     eax, 16
        mov     [gdt.tss + 4], al
        mov     ax, 0x18
        ltr     ax
        mov     eax, pdpt
        or      eax, 3
        mov     [pml4], rax
        mov     qword [pdpt], 0x83              ; 1 GiB
        mov     eax, 0x80000001
        cpuid
        mov     edi, pd
        bt      edx, 26
        jc      .load
        or      edi, 3
        mov     [pdpt], rdi
        mov     qword [pd], 0x83
        jmp     .load
.load:  mov     eax, pml4
        mov     cr3, rax
        mov     rax, cr4
        or      eax, 0x600
        mov     cr4, rax
        call    main
.halt:  cli
        hlt
        jmp     .halt
main:   push    rbp
        mov     rbp, rsp
        sub     rsp, 32
        xorps   xmm0, xmm0
        movaps  [rbp - 16], xmm0
        leave
        ret
        align   16
gdt:    dq      0, 0x00af9a000000ffff, 0x00cf92000000ffff
.tss:   dq      0x0000890000000067, 0
gdtr:   dw      $ - gdt - 1
        dq      gdt
        align   16
tss:    times   104 db 0
        align   4096
pml4:   times   512 dq 0
pdpt:   times   512 dq 0
pd:     times   512 dq 0
        times   512 dq 0
stack:
