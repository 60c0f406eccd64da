build-clang/kernel.d/kernel/shell/nearest.c.o: kernel/shell/nearest.c \
  kernel/shell/nearest.h lib/string.h

kernel/shell/nearest.h:

lib/string.h:
