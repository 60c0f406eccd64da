; healthy.asm - nothing is wrong here: the image that the broken ones are compared with
%include "boot.inc"
