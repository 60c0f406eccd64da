; shim.asm - a BIOS that lies: it hooks the real one's services and starts our MBR
;
; boot.asm loads it to the top of conventional memory.  It hooks INT 10h, 12h, 13h, 15h
; and 16h, makes them behave as the settings say, and enters the MBR of the tested
; drive, which is not changed.  Each handler works on a frame: the caller's registers on
; the caller's stack, as a BIOS sees them.  What the real BIOS does to itself (a video
; BIOS that calls INT 10h, a keyboard interrupt that calls INT 15h) is left alone.

%include "size.inc"

bits 16
org 0

%include "settings.inc"
%if $ - $$ > EXTRAS
%error "the settings have one sector"
%endif
        times SHIM_ENTRY - ($ - $$) db 0
        jmp     shim_entry

%include "frame.inc"
%include "entry.inc"
%include "int13.inc"
%include "read.inc"
%include "int15.inc"
%include "map.inc"
%include "others.inc"

busy:           db 0                            ; a handler is running
        align 4
old10:          dd 0
old12:          dd 0
old13:          dd 0
old15:          dd 0
old16:          dd 0

%if $ - $$ > SHIM_SECTORS * 512
%error "the shim is larger than its sectors"
%endif
        times SHIM_SECTORS * 512 - ($ - $$) db 0
%if MAP + MAP_MAX * MAP_ENTRY + 0x400 > SHIM_STACK
%error "the map meets the stack"
%endif
