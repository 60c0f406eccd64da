# firstlight.gdb - settings and hooks; start.py loads this after the commands

set confirm off
set pagination off
set disassembly-flavor intel
set print frame-arguments all
# NASM's local labels, start.loop, are no mangled names.
set print demangle off
set print asm-demangle off
# Assembly has no frames: without a limit, bt goes on through the whole stack.
set backtrace limit 24
# Writes of one register would use the numbers of GDB's architecture, not those of
# QEMU's description; all of them at once are right in both.
set remote set-register-packet off
# Breakpoints in the kernel, set or kept while 32-bit code runs, lie above 4 GiB.
set remoteaddresssize 64
# A QEMU that is slow is not dead, and of a dead one GDB hears at once.
set remotetimeout 60

define hook-stop
firstlight-stop
end

define hook-continue
firstlight-run
end
