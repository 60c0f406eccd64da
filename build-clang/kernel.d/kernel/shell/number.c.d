build-clang/kernel.d/kernel/shell/number.c.o: kernel/shell/number.c \
  kernel/shell/number.h

kernel/shell/number.h:
