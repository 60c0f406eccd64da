# fuzz.mk - libFuzzer programs: pure code that must survive any input
#
# One program for each fuzz_*.c; FUZZ_<name> lists what it is linked with.  `make test` runs each
# for FUZZ_RUNS inputs (tests/run.py) from a fixed seed, so that it takes seconds and can be
# repeated; `make test-full` for ten times as many.  `make fuzz` lets each search for
# FUZZ_SECONDS, from another seed every time, and keeps what it finds in build/fuzz/NAME/, where
# the next search begins.  libFuzzer is part of Clang.

FUZZ_acpi := kernel/power/acpi_tables.c kernel/power/acpi_fadt.c kernel/power/acpi_s5.c
FUZZ_inspect := $(addprefix tools/image/,inspect.c inspect_walk.c inspect_mbr.c inspect_parts.c \
    plan.c headers.c) stage2/header_check.c lib/xxh32.c
FUZZ_heap := kernel/memory/heap_core.c
FUZZ_keyboard := kernel/input/keyboard.c kernel/input/keyboard_layout.c \
    kernel/input/keyboard_commands.c
FUZZ_line_editor := kernel/input/line.c kernel/input/line_view.c kernel/input/line_history.c \
    kernel/input/line_editor.c kernel/input/line_completion.c
FUZZ_operand := kernel/debug/operand.c
FUZZ_symbols := lib/symbols.c
FUZZ_ansi := kernel/console/ansi.c lib/vga_text.c
FUZZ_words := kernel/shell/words.c kernel/shell/number.c kernel/shell/nearest.c
FUZZ_terminal := kernel/input/terminal.c kernel/input/key_name.c lib/format.c

FUZZ_CC ?= clang
FUZZ_SECONDS ?= 30
FUZZ_TESTS := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_CFLAGS := -std=gnu11 -O1 -g $(C_WARNINGS) \
    -I. -Iinclude -Itools -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all

$(BUILD)/tests/fuzz_%: tests/fuzz/fuzz_%.c $$(FUZZ_$$*) tests/fuzz/fuzz.mk
	$(if $(call have,$(FUZZ_CC)),,$(error $(FUZZ_CC) was not found, fuzzers need it. `make setup fuzz` installs it))
	@mkdir -p $(@D)
	$(call say,FUZZCC,$@)
	$(Q)$(FUZZ_CC) $(FUZZ_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(FUZZ_$*)
