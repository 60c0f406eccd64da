# inside.sh - compiles and links the sources of a lab; compile.mjs runs it in a sandbox
#
#   in       the sources' folder as working folder; OUT, an empty folder to write; CC and FLAGS; BINUTILS, the
#            prefix of as, ld and the like, and LINK and NUMBERS, ld's options; SCRIPT, the linker script, or its
#            preprocessed form if RAW_SCRIPT is not empty; UNITS, the .c and .o files in the order of
#            the link; OURS, folders outside from which the compiler may read; FURTHER, a script that ld reads before
#            SCRIPT; EXPORTS, if there is only an object to be made, the names of it that others may use
#   out      on stdout each result as "NAME BYTES", a line feed and its bytes: messages; then flat, elf,
#            symbols and lines if everything went well, or failed: the step that did not.  With EXPORTS: object and size

MOST=60000      # bytes of messages: the first ones matter

emit() {
    [ -f "$2" ] || return 0
    printf '%s %s\n' "$1" "$(wc -c < "$2")"
    cat "$2"
}

emit_messages() {
    head -c $MOST "$OUT/messages" > "$OUT/first_messages"
    emit messages "$OUT/first_messages"
}

fail() {
    printf '%s' "$*" > "$OUT/failed"
    emit failed "$OUT/failed"
    emit_messages
    exit 0
}

# step NAME COMMAND... - the status says which signal ended a program, if one did
step() {
    name=$1
    shift
    "$@" >> "$OUT/messages" 2>&1
    status=$?
    [ $status = 0 ] || fail "status $status $name"
}

# only_here NAME RULES - what a list of make's rules names has to be in this folder, or in one of ours
only_here() {
    tr -s ' \\:' '\n' < "$2" | grep -E '^/|(^|/)\.\.(/|$)' > "$OUT/names"
    while read -r path; do
        case $path in *..*) fail "outside $1 $path" ;; esac
        for folder in $OURS "$OUT"; do
            case $path in "$folder"/*) continue 2 ;; esac
        done
        fail "outside $1 $path"
    done < "$OUT/names"
}

: > "$OUT/messages"
objects=
for unit in $UNITS; do
    case $unit in
    *.c)
        made=$OUT/$(echo "$unit" | tr / _)
        step "$unit" $CC $FLAGS -E -MD -MF "$made.d" -o "$made.i" "$unit"
        only_here "$unit" "$made.d"
        step "$unit" $CC $FLAGS -S -o "$made.s" "$unit"
        step "$unit" ${BINUTILS}as --64 --MD "$made.s.d" -o "$made.o" "$made.s"
        only_here "$unit" "$made.s.d"
        objects="$objects $made.o"
        ;;
    *)  objects="$objects $unit" ;;
    esac
done
if [ -n "$EXPORTS" ]; then
    step "the link" ${BINUTILS}ld $LINK -r $(printf -- '--require-defined=%s ' $EXPORTS) -o "$OUT/object" $objects
    step "the object" ${BINUTILS}objcopy $(printf -- '--keep-global-symbol=%s ' $EXPORTS) "$OUT/object"
    ${BINUTILS}size "$OUT/object" > "$OUT/size" 2> "$OUT/unread"
    emit object "$OUT/object"
    emit size "$OUT/size"
    emit_messages
    exit 0
fi
script=$SCRIPT
if [ -z "$RAW_SCRIPT" ]; then
    script=$OUT/script.ld
    step "$SCRIPT" $CC $FLAGS -E -P -x c -o "$script" "$SCRIPT"
fi
step "the link" ${BINUTILS}ld $LINK $NUMBERS --dependency-file="$OUT/link.d" ${FURTHER:+-T "$FURTHER"} -T "$script" -o "$OUT/elf" $objects
only_here "$SCRIPT" "$OUT/link.d"
step "the flat binary" ${BINUTILS}objcopy -O binary "$OUT/elf" "$OUT/flat"
${BINUTILS}nm -n --defined-only "$OUT/elf" > "$OUT/symbols" 2> "$OUT/unread"
${BINUTILS}objdump -WL "$OUT/elf" > "$OUT/lines" 2> "$OUT/unread"
for result in flat elf symbols lines; do
    emit $result "$OUT/$result"
done
emit_messages
