build-clang/kernel.d/kernel/input/keyboard_leds.c.o: \
  kernel/input/keyboard_leds.c kernel/input/keyboard_leds.h

kernel/input/keyboard_leds.h:
