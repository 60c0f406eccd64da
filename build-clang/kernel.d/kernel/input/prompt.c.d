build-clang/kernel.d/kernel/input/prompt.c.o: kernel/input/prompt.c \
  kernel/input/prompt.h kernel/input/line_editor.h kernel/input/keys.h \
  kernel/input/line_history.h kernel/input/line.h \
  kernel/input/line_view.h kernel/console/console.h include/boot_info.h \
  kernel/input/input.h

kernel/input/prompt.h:

kernel/input/line_editor.h:

kernel/input/keys.h:

kernel/input/line_history.h:

kernel/input/line.h:

kernel/input/line_view.h:

kernel/console/console.h:

include/boot_info.h:

kernel/input/input.h:
