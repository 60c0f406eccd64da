build-clang/kernel.d/kernel/crash/crash_cpu.asm.o : \
  kernel/crash/crash_cpu.asm

kernel/crash/crash_cpu.asm :

