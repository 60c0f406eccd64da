; 08-entry-boot.asm - loads the kernel
%macro PREPARE 0
%endmacro
%include "loader32.inc"
