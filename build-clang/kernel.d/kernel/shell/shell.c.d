build-clang/kernel.d/kernel/shell/shell.c.o: kernel/shell/shell.c \
  kernel/shell/shell.h kernel/console/console.h include/boot_info.h \
  kernel/input/prompt.h kernel/input/line_editor.h kernel/input/keys.h \
  kernel/input/line_history.h kernel/input/line.h \
  kernel/input/line_view.h kernel/shell/arguments.h \
  kernel/shell/commands.h kernel/shell/commands.def \
  kernel/shell/nearest.h kernel/shell/words.h lib/string.h

kernel/shell/shell.h:

kernel/console/console.h:

include/boot_info.h:

kernel/input/prompt.h:

kernel/input/line_editor.h:

kernel/input/keys.h:

kernel/input/line_history.h:

kernel/input/line.h:

kernel/input/line_view.h:

kernel/shell/arguments.h:

kernel/shell/commands.h:

kernel/shell/commands.def:

kernel/shell/nearest.h:

kernel/shell/words.h:

lib/string.h:
