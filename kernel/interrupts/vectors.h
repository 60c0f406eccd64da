/*
 * vectors.h - the exceptions that the kernel handles specially, by their
 * vectors (Intel SDM 3A, table 6-1).  Names of all: include/exceptions.def.
 */
#ifndef FIRSTLIGHT_KERNEL_INTERRUPTS_VECTORS_H
#define FIRSTLIGHT_KERNEL_INTERRUPTS_VECTORS_H

#define VECTOR_NMI 2
#define VECTOR_BREAKPOINT 3
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_STACK_FAULT 12
#define VECTOR_GENERAL_PROTECTION 13
#define VECTOR_PAGE_FAULT 14
#define VECTOR_MACHINE_CHECK 18

#endif
