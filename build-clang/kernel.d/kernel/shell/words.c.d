build-clang/kernel.d/kernel/shell/words.c.o: kernel/shell/words.c \
  kernel/shell/words.h

kernel/shell/words.h:
