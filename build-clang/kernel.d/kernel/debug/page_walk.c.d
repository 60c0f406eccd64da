build-clang/kernel.d/kernel/debug/page_walk.c.o: kernel/debug/page_walk.c \
  kernel/debug/page_walk.h

kernel/debug/page_walk.h:
