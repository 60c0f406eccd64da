# Reads its second sector by LBA, as if from a 1.44 MB floppy.
        .code16
        .globl  _start
        .set    STAGE2, 0x7e00
_start: jmp     boot
        nop
sectors_per_track:      .word 18
heads:                  .word 2
drive:                  .byte 0

boot:   cli
        xorw    %ax, %ax
        movw    %ax, %ds
        movw    %ax, %es
        movw    %ax, %ss
        movw    $0x7c00, %sp
        sti
        cld
        movb    %dl, drive
        movw    $loading, %si
        call    puts
        movw    $1, %ax
        call    read
        jmp     stage2

# ax: LBA, to STAGE2
read:
#ifdef MENDED
        xorw    %dx, %dx
#endif
        divw    sectors_per_track       # ax = track, dx = sector - 1
        movb    %dl, %cl
        incb    %cl
        xorw    %dx, %dx
        divw    heads                   # ax = cylinder, dx = head
        movb    %al, %ch
        movb    %dl, %dh
        movb    drive, %dl
        movw    $STAGE2, %bx
        movw    $0x0201, %ax
        int     $0x13
        jc      failed
        ret

failed: movw    $error, %si
        call    puts
1:      hlt
        jmp     1b

puts:   lodsb
        orb     %al, %al
        jz      1f
        movb    $0x0e, %ah
        movw    $7, %bx
        int     $0x10
        jmp     puts
1:      ret

loading: .asciz "Loading\r\n"
error:  .asciz  "Disk error"

        .org    510
        .word   0xaa55

stage2: movw    $welcome, %si
        call    puts
1:      hlt
        jmp     1b
welcome: .asciz "Welcome to stage two"
        .org    1024
