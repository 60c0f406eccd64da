; a20.asm - opens the gate: BIOS, keyboard controller, port 92h, each followed by a test of memory
%include "link.inc"

%define PROBE (STACK_BOTTOM + 0x100)    ; a word of the stack that nobody reaches
%define TRIES 1000
%define KBC_DATA 0x60
%define KBC_COMMAND 0x64

        bits    16
        org     0
start:
        call    becomes_open
        jne     .open
        mov     ax, 0x2401
        int     0x15                    ; whatever it says: only memory tells
        call    becomes_open
        jne     .open
        call    keyboard_controller
        call    becomes_open
        jne     .open
        in      al, 0x92
        or      al, 2
        and     al, ~1                  ; bit 0 resets the machine
        out     0x92, al
        call    becomes_open
        jne     .open
        stc
        retf
.open:
        clc
        retf

; becomes_open - ZF = 0: the gate is open; waits for it a moment
becomes_open:
        mov     cx, TRIES
.again:
        call    is_open
        jne     .end
        out     0x80, al                ; about 1 us
        loop    .again                  ; LOOP and OUT change no flags
.end:
        ret

; is_open - ZF = 0: two words 1 MiB apart are different memory
is_open:
        xor     ax, ax
        mov     ds, ax
        dec     ax
        mov     es, ax
        mov     ax, [es:PROBE + 16]
        not     ax
        mov     [PROBE], ax
        cmp     ax, [es:PROBE + 16]
        ret

keyboard_controller:
        cli                             ; the BIOS's handler would read the answer
        call    .may_write
        mov     al, 0xd0                ; read the output port
        out     KBC_COMMAND, al
        xor     cx, cx
.answer:
        in      al, KBC_COMMAND
        test    al, 1
        loopz   .answer
        in      al, KBC_DATA
        mov     ah, al
        or      ah, 2
        call    .may_write
        mov     al, 0xd1                ; write it
        out     KBC_COMMAND, al
        call    .may_write
        mov     al, ah
        out     KBC_DATA, al
        call    .may_write
        sti
        ret
.may_write:
        xor     cx, cx
.full:
        in      al, KBC_COMMAND
        test    al, 2
        loopnz  .full
        ret
