"""What is wrong with a machine that stopped: the rules in their order, and their findings as lines.

Each rule examines a Case and returns a Finding or None.  Root causes come before what follows
from them, and rules that are certain before those that only suspect.
"""

from firstlight.rules import (boot_sector, disk_reads, instructions, interrupts, kernel, loops, memory, modes,
                              page_tables, screen_memory, selectors, waits)

# the CPU has left the code: what it did afterwards damaged memory and its own state, so that the
# trail up to that place says more than the state does
ASTRAY = (
    modes.a20_off, boot_sector.vectors_overwritten, kernel.for_another_loader, modes.no_far_jump,
    modes.wrong_bits, modes.no_far_jump_to_64, modes.long_mode_without_pae, interrupts.gates_of_32_bits,
    interrupts.handler_elsewhere, memory.stack_grew_over_the_kernel, memory.stack_not_in_ram, memory.stack_wrapped,
    instructions.direction_flag_left, boot_sector.empty_stack,
    boot_sector.vector_leads_nowhere, disk_reads.wrapped_at_64_kib, boot_sector.code_overwritten, disk_reads.reads_itself,
    disk_reads.read_failed, boot_sector.no_org, boot_sector.end_missing, disk_reads.nothing_loaded, kernel.begins_with_data, kernel.code_overwritten, kernel.ran_on,
    kernel.first_function_returned, kernel.null_call, kernel.linked_elsewhere,
    memory.stack_left_its_room, kernel.writes_to_rom)

STOPPED = (
    modes.a20_off, boot_sector.vectors_overwritten, interrupts.bios_call,
    kernel.for_another_loader,
    # the switch of modes
    modes.long_mode_without_pae, modes.paging_without_long_mode, modes.paging_without_pae,
    modes.unaligned_cr3, memory.own_tables_overwritten, modes.paging_never_on, modes.no_far_jump, modes.wrong_bits,
    modes.no_far_jump_to_64, modes.reserved_bit,
    instructions.direction_flag_left,           # what was copied backwards may be any of the tables below
    # interrupts
    interrupts.gates_of_32_bits, interrupts.bad_stack_of_gate, interrupts.pic_not_remapped, interrupts.error_code_left,
    interrupts.empty_idt, interrupts.idtr_nowhere, interrupts.handler_ends_with_ret, interrupts.bad_gate,
    interrupts.handler_elsewhere, interrupts.no_end_of_interrupt,
    interrupts.timer_taken_for_an_exception, interrupts.sti_forgotten, waits.cascade_masked, waits.interrupts_off,
    # kernels
    memory.stack_grew_over_the_kernel, kernel.first_function_returned, kernel.null_call, kernel.linked_elsewhere,
    # memory that is not what it was
    memory.endless_recursion, memory.stack_not_in_ram, memory.stack_wrapped,
    memory.stack_left_its_room, memory.page_tables_overwritten, kernel.code_overwritten, disk_reads.wrapped_at_64_kib,
    boot_sector.code_overwritten, memory.stack_in_ebda,
    # boot sectors
    disk_reads.packet_below_the_stack, disk_reads.reads_itself, disk_reads.read_failed, boot_sector.no_org,
    disk_reads.part_never_read, screen_memory.cut_to_16_bits, boot_sector.placeholder_of_a_file_system, loops.exception_in_real_mode, loops.waits_for_memory,
    # kernels that go on
    kernel.constructor_missing, kernel.text_elsewhere, loops.loop_reads_nothing,
    loops.stale_condition, loops.nobody_reads_what_handlers_change, loops.serial_wait_inverted, waits.registers_never_change, waits.drive_absent,
    kernel.writes_to_rom,
    # the GDT
    selectors.stack_segment_not_reloaded, selectors.gdtr_nowhere, selectors.gdt_limit, selectors.load_task_register,
    selectors.in_the_ldt, selectors.bad_selector, selectors.beyond_the_limit, selectors.null_selector,
    # the instruction and its operand
    instructions.system_call_switched_off, modes.writes_reserved_bits, instructions.misaligned, instructions.not_canonical,
    instructions.privileged, memory.stack_not_mapped, page_tables.leads_to_no_table, memory.cr3_does_not_map, memory.user_page,
    memory.read_only,
    memory.not_executable, memory.not_mapped, instructions.sse_switched_off,
    instructions.avx_switched_off, instructions.device_not_available, instructions.divide,
    instructions.code_for_32_bits, instructions.runs_data, modes.data_segment_not_reloaded, interrupts.real_mode_idt)


def find(case):
    """All findings, the most certain first."""
    return (_found(case, ASTRAY) if case.away else []) or _found(case, STOPPED)


def _found(case, rules):
    return [finding._replace(kind=f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}")
            for rule in rules for finding in [rule(case)] if finding]


def lines(found):
    """The first is the cause; the others may be contributing causes or consequences."""
    return [line for number, finding in enumerate(found) for line in (
        f"{'Also' if number else 'Cause'}: {finding.cause}", f"Try: {finding.advice}")]
