build-clang/kernel.d/kernel/main.c.o: kernel/main.c \
  kernel/boot/boot_times.h include/boot_info.h kernel/boot/handover.h \
  kernel/console/console.h kernel/console/log.h kernel/cpu/gdt.h \
  kernel/input/input.h kernel/input/keys.h kernel/interrupts/idt.h \
  kernel/interrupts/irq.h kernel/main.h kernel/memory/memory.h \
  kernel/memory/memory_report.h kernel/panic/stack_guard.h \
  kernel/shell/shell.h kernel/shell/status.h kernel/time/timer.h \
  kernel/time/tsc.h kernel/version.h lib/cpu.h lib/milestone.h \
  include/recorder.h include/layout.h include/milestones.def

kernel/boot/boot_times.h:

include/boot_info.h:

kernel/boot/handover.h:

kernel/console/console.h:

kernel/console/log.h:

kernel/cpu/gdt.h:

kernel/input/input.h:

kernel/input/keys.h:

kernel/interrupts/idt.h:

kernel/interrupts/irq.h:

kernel/main.h:

kernel/memory/memory.h:

kernel/memory/memory_report.h:

kernel/panic/stack_guard.h:

kernel/shell/shell.h:

kernel/shell/status.h:

kernel/time/timer.h:

kernel/time/tsc.h:

kernel/version.h:

lib/cpu.h:

lib/milestone.h:

include/recorder.h:

include/layout.h:

include/milestones.def:
