#!/bin/bash
# debug.sh - QEMU halted at the reset vector, GDB attached with all symbols
#
#   usage   tools/debug.sh BUILD [GDB ARGUMENT...]
#
# Called by `make debug`, and by the tests with -batch -ex ...  QEMU and GDB
# talk through a socket in a private directory, so that any number of
# sessions run side by side.  Whichever of the two ends first, the other is
# ended too, and the directory goes.
set -u

[ $# -ge 1 ] || { echo "usage: tools/debug.sh BUILD [GDB ARGUMENT...]" >&2; exit 2; }
build=$1
shift
tools=$(dirname "$0")

for program in qemu-system-x86_64 gdb; do
    if ! command -v $program >/dev/null; then
        echo "debug: $program is not installed; \`make setup\` installs it" >&2
        exit 1
    fi
done
for stage in stage1 stage2 kernel; do
    if [ ! -r "$build/$stage.elf" ]; then
        echo "debug: there is no $build/$stage.elf; \`make\` builds it" >&2
        exit 1
    fi
done

ulimit -c 0 # GDB 13 sometimes aborts while it exits, and would leave a file "core" here

directory=$(mktemp -d "${TMPDIR:-/tmp}/firstlight-debug.XXXXXX") || exit 1
socket=$directory/gdb
qemu=
watcher=
terminal=$(stty -g 2>/dev/null)

clean_up() {
    if [ -s "$directory/gdb.pid" ]; then
        kill "$(cat "$directory/gdb.pid")" 2>/dev/null
    fi
    if [ -n "$qemu" ]; then
        kill "$qemu" 2>/dev/null
        wait "$qemu" 2>/dev/null
    fi
    [ -z "$watcher" ] || wait "$watcher" 2>/dev/null # it ends as soon as it misses QEMU
    [ -z "$terminal" ] || stty "$terminal" 2>/dev/null
    rm -rf "$directory"
}
trap clean_up EXIT # bash runs it when it dies by a signal, too

# In a session of its own, QEMU does not hear the terminal's Ctrl-C.
SERIAL=file:$build/serial.log setsid "$tools/run.sh" "$build/disk.img" -S \
    -chardev "socket,id=gdb,path=$socket,server=on,wait=off" -gdb chardev:gdb \
    -no-reboot -no-shutdown -d int,cpu_reset -D "$directory/exceptions.log" \
    </dev/null >"$directory/qemu.log" 2>&1 &
qemu=$!

until [ -S "$socket" ]; do
    if ! kill -0 $qemu 2>/dev/null; then
        echo "debug: QEMU did not start:" >&2
        cat "$directory/qemu.log" >&2
        exit 1
    fi
    sleep 0.02
done

# When QEMU ends first, GDB follows.  Until then: of the log of exceptions only
# the end is wanted, and with a timer running it grows without one.
(
    while kill -0 $qemu; do
        sleep 0.1
        size=$(stat -c %s "$directory/exceptions.log" || echo 0)
        if [ "$size" -gt 4194304 ]; then
            fallocate --punch-hole --offset 0 --length $((size - 2097152)) "$directory/exceptions.log"
        fi
    done
    kill "$(cat "$directory/gdb.pid")"
) </dev/null >/dev/null 2>&1 &
watcher=$!

# On a terminal GDB gets a process group of its own (set -m): Ctrl-C is to stop
# the guest, and neither this script nor the make that started it.
[ ! -t 0 ] || set -m
sh -c 'echo $$ >"$0" && exec gdb "$@"' "$directory/gdb.pid" \
    -q -x "$tools/gdb/start.py" -ex "firstlight-attach $build $socket $directory/exceptions.log" "$@"
status=$?
rm -f "$directory/gdb.pid"

if ! kill -0 $qemu 2>/dev/null; then
    echo
    echo "debug: QEMU has ended, and so does this session"
    cat "$directory/qemu.log"
fi
exit $status
