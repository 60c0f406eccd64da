build-clang/kernel.d/kernel/input/line_history.c.o: \
  kernel/input/line_history.c kernel/input/line_history.h \
  kernel/input/line.h lib/string.h

kernel/input/line_history.h:

kernel/input/line.h:

lib/string.h:
