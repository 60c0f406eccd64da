; load_text.asm - input and output of the real-mode loader: screen, COM1, port E9h, keys
;
; COM1 is set to 115200 8N1, the screen to text mode 3, which also clears what the firmware
; left.  Keeps no state: stage 2's console (console.c) starts afresh.

%include "layout.inc"
%include "stage2/load.inc"

%define DEBUG_PORT 0xe9                         ; of Bochs and QEMU: reads as its own number
%define LSR_DATA_READY 1
%define ABSENT 0xff                             ; read from a port without a device

extern drive, way, lba, statuses                ; load_disk.asm

bits 16

section .first progbits alloc exec write

; text_start
;   clobbers  AX, DX
global text_start
text_start:
        mov     dx, COM1_PORT + 3               ; line control: open the divisor latch
        mov     al, UART_LCR_DLAB | UART_LCR_8N1
        out     dx, al
        mov     dx, COM1_PORT
        mov     al, UART_DIVISOR & 0xff
        out     dx, al
        inc     dx
        mov     al, UART_DIVISOR >> 8
        out     dx, al
        mov     dx, COM1_PORT + 3
        mov     al, UART_LCR_8N1
        out     dx, al
        mov     ax, 0x0003                      ; 80x25 text, cleared
        bios    0x10
        ret

; text_print
;   in        SI = text, ended by 0
;   out       SI = the address after it
;   clobbers  nothing
global text_print
text_print:
        push    ax
.next:
        lodsb
        test    al, al
        jz      .end
        call    text_character
        jmp     .next
.end:
        pop     ax
        ret

; text_character - AL
;   clobbers  nothing
text_character:
        pusha
        mov     bl, al
        in      al, DEBUG_PORT
        cmp     al, DEBUG_PORT
        mov     al, bl
        jne     .serial
        out     DEBUG_PORT, al
.serial:
        mov     dx, COM1_PORT + 5
        xor     cx, cx                          ; 65,536 polls, each about 1 us: a stuck
.wait:                                          ; or absent UART must not stop the boot
        in      al, dx
        test    al, UART_LSR_THRE
        loopz   .wait
        mov     dx, COM1_PORT
        mov     al, bl
        out     dx, al
        mov     ah, 0x0e                        ; teletype output
        mov     bx, 7                           ; page 0
        bios    0x10
        popa
        ret

; text_hex - AX as four hexadecimal digits, text_hex_byte - AL as two
;   clobbers  AX
text_hex:
        push    ax
        mov     al, ah
        call    text_hex_byte
        pop     ax
text_hex_byte:
        push    ax
        shr     al, 4
        call    .digit
        pop     ax
        and     al, 15
.digit:
        add     al, '0'
        cmp     al, '9'
        jbe     text_character
        add     al, 'A' - '9' - 1
        jmp     text_character

; text_print_where - prints which sector was read last and how, after a title
;   clobbers  AX, SI
global text_print_where
text_print_where:
        mov     si, .drive
        call    text_print
        mov     al, [drive]
        call    text_hex_byte
        call    text_print
        mov     ax, [lba]
        call    text_hex
        call    text_print
        mov     al, [statuses + BY_EDD]
        call    text_hex_byte
        call    text_print
        mov     al, [statuses + BY_CHS]
        call    text_hex_byte
        call    text_print
        ret
.drive: db      ":", 13, 10, "  drive ", 0
        db      "h, LBA ", 0                    ; each follows the one before: text_print leaves
        db      "h, BIOS status ", 0            ; the address of the next one in SI
        db      "h by EDD, ", 0
        db      "h by CHS.", 13, 10, 0

; text_wait_for_key - waits for a key from the keyboard or from COM1
;   clobbers  AX, DX
global text_wait_for_key
text_wait_for_key:
        mov     dx, COM1_PORT + 5
        in      al, dx
        cmp     al, ABSENT
        je      .keyboard
        test    al, LSR_DATA_READY
        jnz     .serial
.keyboard:
        mov     ah, 1                           ; is a key waiting?
        bios    0x16
        jz      text_wait_for_key
        mov     ah, 0                           ; read it
        bios    0x16
        ret
.serial:
        mov     dx, COM1_PORT
        in      al, dx
        ret

section .note.GNU-stack noalloc noexec nowrite progbits
