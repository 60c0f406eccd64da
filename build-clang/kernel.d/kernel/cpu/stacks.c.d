build-clang/kernel.d/kernel/cpu/stacks.c.o: kernel/cpu/stacks.c \
  kernel/cpu/stacks.h kernel/cpu/stacks.def kernel/interrupts/vectors.h

kernel/cpu/stacks.h:

kernel/cpu/stacks.def:

kernel/interrupts/vectors.h:
