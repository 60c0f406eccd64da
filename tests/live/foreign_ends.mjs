// How images that are not this project's end in the page's PC.  After the MBR's first instruction:
// until `screen` shows this text or `at` (an address) is reached; then `after` instructions more, or until
// the machine is dead.  `dead` has the reason, `chain` the vectors; a machine that lives is in `mode`
// and has raised `exceptions`.  Those of tests/debug/broken say in their first lines what is wrong.

const HALTED = 'halted with interrupts disabled', TRIPLE = 'triple fault';
const KERNEL = 0x100000n;
const FIVE_BITS = 31; // COM1 after reset, which neither GRUB nor the kernel of tests/hostile/others sets up

const dies = (...chain) => ({ after: 3e6, dead: TRIPLE, chain });
const halts = { after: 3e6, dead: HALTED };
// Some run through zeros: ADD [BX+SI], AL, which may change the boot sector
const lives = (mode, ...exceptions) => ({ after: 1e5, mode, exceptions, overwritten: true });
const livesInKernel = (more = {}) => ({ at: KERNEL, after: 20000, mode: 'long64', exceptions: [], ...more });
const refused = { boots: false };
const onFiveBits = (text) => String.fromCharCode(...[...text].map((letter) => letter.charCodeAt(0) & FIVE_BITS));
const loaded = { at: 0x200020n, after: 1e6, dead: HALTED, serial: onFiveBits('kernel: whole') };

// Of an image that is newer than this table only what holds for all is tested
export const ANY = { after: 1e5, isAny: true };

export const ENDS = {
    plain: { screen: 'No names, no symbols.', after: 5000, dead: HALTED },
    example: { screen: 'Hello from a kernel of my own!', after: 50000, dead: HALTED, serial: 'Hello from a kernel of my own!' },
    GRUB: loaded,
    SYSLINUX: { ...loaded, overwritten: true }, // its MBR loads its boot sector to the same place
    'elf/bss_not_counted': halts,
    'elf/class_32': halts,
    'elf/constructors_not_called': halts,
    'elf/entry_not_first': dies(6, 13, 13, 8, 13),
    'elf/linked_at_2_mib': livesInKernel(),
    'elf/position_independent': livesInKernel(),
    'elf/rodata_left_out': halts,
    'file/data_disk': lives('real16', 6),
    'file/flat_kernel': refused,
    'file/no_signature': refused,
    'file/signature_late': refused,
    'file/signature_swapped': refused,
    'file/too_short': refused,
    'kernel/call_returns': dies(6, 13, 13, 8, 13),
    'kernel/code_for_32_bits': dies(6, 13, 13, 8, 13),
    'kernel/cr3_maps_nothing': dies(14, 13, 8, 13),
    'kernel/endless_recursion': livesInKernel(),
    'kernel/error_code_left': dies(13, 13, 8, 13),
    'kernel/first_function_returns': dies(6, 13, 13, 8, 13),
    'kernel/gate_half_an_address': dies(6, 13, 13, 8, 13),
    'kernel/gate_missing': halts,
    'kernel/gate_selector': dies(13, 13, 8, 13),
    'kernel/handler_returns_with_ret': halts,
    'kernel/loops_without_reading': livesInKernel(),
    'kernel/ltr_of_no_tss': dies(13, 13, 8, 13),
    'kernel/misaligned_sse': dies(13, 13, 8, 13),
    'kernel/multiboot': dies(6, 13, 13, 8, 13),
    'kernel/no_eoi': livesInKernel({ serial: '.' }),
    'kernel/not_canonical': dies(13, 13, 8, 13),
    'kernel/null_function': dies(6, 13, 13, 8, 13),
    'kernel/page_tables_overwritten': dies(14, 13, 8, 13),
    'kernel/retf_without_rex': dies(13, 13, 8, 13),
    'kernel/stack_in_rom': dies(13, 13, 8, 13),
    'kernel/sti_without_idt': dies(13, 13, 8, 13),
    'kernel/timer_at_8': dies(13, 13, 8, 13),
    'mode/a20_off': halts,
    'mode/bad_gdt_entry': dies(13, 13, 8, 13),
    'mode/bad_ist': dies(6, 14, 13, 8, 13),
    'mode/endless_loop': lives('real16'),
    'mode/idt_limit_0': dies(13, 13, 8, 13),
    'mode/jump_to_data': dies(6, 13, 13, 8, 13),
    'mode/kernel_over_loader': lives('real16', 13),
    'mode/lme_and_pae_forgotten': dies(14, 13, 8, 13),
    'mode/lme_missing': dies(13, 13, 8, 13),
    'mode/no_jump_to_64': dies(14, 13, 8, 13),
    'mode/nx_without_nxe': dies(14, 14, 8, 14),
    'mode/paging_forgotten': halts,
    'mode/pg_without_pae': dies(13, 13, 8, 13),
    'mode/sse_without_osfxsr': dies(6, 13, 13, 8, 13),
    'mode/stack_into_ebda': halts,
    'mode/unaligned_cr3': dies(14, 14, 8, 14),
    'sector/bios_call_in_protected_mode': dies(13, 13, 8, 13),
    'sector/bits_32_missing': dies(13, 13, 8, 13),
    'sector/drive_hard_coded': lives('real16'),
    'sector/ds_never_set': halts,
    'sector/gdt_limit_short': dies(13, 13, 8, 13),
    'sector/gdtr_nowhere': dies(13, 13, 8, 13),
    'sector/hlt_is_the_end': lives('real16', 13),
    'sector/kernel_of_nops': lives('real16', 6),
    'sector/no_cli': lives('prot32'),
    'sector/no_end': { screen: 'AB'.padEnd(80), after: 5000, mode: 'real16', exceptions: [] },
    'sector/no_far_jump': dies(6, 13, 13, 8, 13),
    'sector/no_org': halts,
    'sector/past_512': lives('real16', 6),
    'sector/read_error_ignored': lives('real16', 6),
    'sector/reads_itself': lives('real16', 6),
    'sector/stack_in_code': lives('real16', 6),
    'sector/too_few_sectors': lives('real16', 6),
    'sector/vectors_cleared': lives('real16'),
    'sector/wrong_es_bx': halts,
};
