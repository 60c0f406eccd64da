; NanoDOS 0.1
[BITS 16]
[ORG 7C00h]
        JMP SHORT START
        NOP
VERSION DB "NanoDOS 0.1 is starting", 13, 10, 0
DRIVE   DB 0

START:
        CLI
%ifdef MENDED
        XOR AX, AX
%else
        MOV AX, 07C0h           ; the segment in which the BIOS has loaded us
%endif
        MOV DS, AX
        MOV ES, AX
        XOR AX, AX
        MOV SS, AX
        MOV SP, 7C00h
        STI
        CLD
        MOV [DRIVE], DL
        MOV SI, VERSION
        CALL PUTS
HANG:   JMP HANG

PUTS:   LODSB
        OR AL, AL
        JZ .DONE
        MOV AH, 0Eh
        MOV BX, 7
        INT 10h
        JMP PUTS
.DONE:  RET

        TIMES 510-($-$$) DB 0
        DW 0AA55h
