; healthy.asm - nothing is wrong here: the image that the broken ones are held against
%include "boot.inc"
