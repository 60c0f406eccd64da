# firstlight.gdb - settings and hooks; start.py loads this after the commands

set confirm off
set pagination off
set disassembly-flavor intel
set print frame-arguments all
# NASM's local labels, start.loop, are not mangled names.
set print demangle off
set print asm-demangle off
# Assembly has no frames: without a limit, bt continues through the whole stack.
set backtrace limit 24
# Writing one register would use the numbers of GDB's architecture, not those of QEMU's
# description; writing all of them at once is right in both.
set remote set-register-packet off
# Breakpoints in the kernel, set or kept while 32-bit code runs, are above 4 GiB.
set remoteaddresssize 64
# A slow QEMU is not dead, and GDB notices a dead one at once.
set remotetimeout 60

define hook-stop
firstlight-stop
end

define hook-continue
firstlight-run
end
