; pg_without_pae.asm - CR0.PG with EFER.LME but without CR4.PAE: #GP on a real CPU
%define CR4_VALUE 0
%include "boot.inc"
