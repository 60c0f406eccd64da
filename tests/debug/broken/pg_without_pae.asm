; pg_without_pae.asm - CR0.PG with EFER.LME, but CR4.PAE was forgotten: #GP on a real CPU
%define CR4_VALUE 0
%include "boot.inc"
