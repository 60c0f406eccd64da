# unit.mk - the host's unit tests: one cmocka program for each test_*.c
#
# UNIT_<name> lists what the program is linked with besides its own file.  All of them have the
# address and undefined-behaviour sanitisers.

UNIT_format := lib/format.c
UNIT_format_generated := lib/format.c
UNIT_xxh32 := lib/xxh32.c
UNIT_vga_text := lib/vga_text.c
UNIT_vga_scroll := lib/vga_text.c
UNIT_vga_bus := lib/vga_text.c
UNIT_vga_status := lib/vga_text.c
UNIT_uart := lib/uart.c
UNIT_uart_faults := lib/uart.c
UNIT_keyboard := kernel/input/keyboard.c kernel/input/keyboard_layout.c
UNIT_keyboard_commands := kernel/input/keyboard_commands.c
UNIT_i8042 := kernel/input/i8042.c
UNIT_key_name := kernel/input/key_name.c lib/format.c
UNIT_acpi_sleep := kernel/power/acpi_sleep.c
UNIT_acpi_s5 := kernel/power/acpi_s5.c
UNIT_acpi_tables := kernel/power/acpi_tables.c kernel/power/acpi_fadt.c
UNIT_tsc := kernel/time/tsc.c
UNIT_clock := kernel/time/clock.c
UNIT_calendar := kernel/time/calendar.c
UNIT_rtc := kernel/time/rtc.c kernel/time/calendar.c
UNIT_pic := kernel/interrupts/pic.c
UNIT_terminal := kernel/input/terminal.c
UNIT_memory_report := kernel/memory/memory_report.c
UNIT_fixup := kernel/interrupts/fixup.c
UNIT_symbols := lib/symbols.c
UNIT_backtrace := kernel/debug/backtrace.c
UNIT_page_walk := kernel/debug/page_walk.c
UNIT_operand := kernel/debug/operand.c
UNIT_register_bits := kernel/debug/register_bits.c lib/format.c
UNIT_panic_hint := kernel/panic/panic_hint.c lib/format.c
UNIT_line_editor := kernel/input/line.c kernel/input/line_view.c kernel/input/line_history.c \
    kernel/input/line_editor.c kernel/input/line_completion.c
UNIT_descriptors := kernel/debug/descriptors.c
UNIT_ansi := kernel/console/ansi.c lib/vga_text.c
UNIT_status_text := kernel/shell/status_text.c lib/format.c
UNIT_words := kernel/shell/words.c kernel/shell/number.c kernel/shell/nearest.c
UNIT_boot_chart := kernel/boot/boot_chart.c lib/format.c
UNIT_image_inspect := $(addprefix tools/image/,inspect.c inspect_walk.c inspect_mbr.c inspect_parts.c \
    plan.c headers.c) stage2/header_check.c lib/xxh32.c
UNIT_image_plan := tools/image/plan.c
UNIT_image_headers := tools/image/headers.c tools/image/plan.c stage2/header_check.c lib/xxh32.c
UNIT_header_check := stage2/header_check.c lib/xxh32.c
UNIT_memory_ranges := stage2/memory_ranges.c
UNIT_geometry := stage2/geometry.c
UNIT_paging := stage2/paging.c
UNIT_a20 := stage2/a20.c
UNIT_cpu_check := stage2/cpu_check.c
UNIT_frame_pool := kernel/memory/frame_pool.c
UNIT_page_tables := kernel/memory/page_tables.c
UNIT_heap_core := kernel/memory/heap_core.c

UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
UNIT_CFLAGS := -std=gnu11 -O1 -g $(C_WARNINGS) -I. -Iinclude -Itools \
    -fsanitize=address,undefined -fno-sanitize-recover=all

.SECONDEXPANSION:
$(BUILD)/tests/test_%: tests/unit/test_%.c $$(UNIT_$$*) tests/unit/unit.mk
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(UNIT_CFLAGS) -MMD -MP -MF $@.d -o $@ $< $(UNIT_$*) -lcmocka
