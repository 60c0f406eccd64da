// A small program and a machine state for the tests of the page's pure modules.

export const data = {
    programs: [
        { name: 'stage1', bits: 32, base: '7c00', size: 0x100, code: [0xfa, 0xeb, 0x3b],
            functions: [[0, 0x40, 'mbr_start'], [0x40, 0xc0, 'load']], variables: [[0x90, 2, 'drive']],
            lines: [[0, 0, 10], [1, 0, 11], [3, -1, 0], [0x40, 0, 20], [0x42, 0, 21], [0x44, 0, 20], [0x46, 0, 22]] },
        { name: 'kernel', bits: 64, base: 'ffffffff80100000', size: 0x200, code: [0x48, 0x89],
            functions: [[0, 0x10, '_start'], [0x10, 0x1f0, 'kernel_main']], variables: [],
            lines: [[0, 1, 5], [0x10, 2, 80]] },
    ],
    files: [{ path: 'stage1/stage1.asm', lines: [] }, { path: 'kernel/entry.asm', lines: [] }, { path: 'kernel/main.c', lines: [] }],
    milestones: [{ number: 1, name: 'STAGE2', text: 'stage 2' }, { number: 8, name: 'LONG_MODE', text: 'long mode' }],
    exceptions: [['#DE', 'divide error'], ...Array(12).fill(['---', 'reserved']), ['#GP', 'general protection'], ['#PF', 'page fault']],
    bits: {
        CR0: [[0, 'PE', 'protected mode'], [31, 'PG', 'paging']], CR4: [[5, 'PAE', '64-bit page-table entries']],
        EFER: [[8, 'LME', 'long mode enabled'], [10, 'LMA', 'long mode active']],
        RFLAGS: [[0, 'CF', 'carry'], [6, 'ZF', 'zero'], [9, 'IF', 'interrupts enabled'], [10, 'DF', 'string instructions run downwards']],
        PAGE_FAULT: [[0, 'P', 'the page is present: its rights forbid the access'], [1, 'W', 'a write']],
        SELECTOR_ERROR: [[1, 'IDT', 'the number is a vector of the IDT']],
    },
};

const segment = (selector) => ({ selector, base: BigInt(selector) << 4n, limit: 0xffffn, access: 0x93n << 40n, valid: true });

// A state in real mode at 7C40h, with `changes` applied.
export function state(changes = {}) {
    const registers = Object.fromEntries(['rax', 'rbx', 'rcx', 'rdx', 'rsi', 'rdi', 'rbp', 'rsp', 'r8', 'r9', 'r10', 'r11',
        'r12', 'r13', 'r14', 'r15'].map((name) => [name, 0n]));
    return {
        count: 100, rip: 0x7c40n, linear: 0x7c40n, mode: 'real16', rflags: 2n, cr0: 0x10n, cr2: 0n, cr3: 0n, cr4: 0n, cr8: 0n, efer: 0n,
        segments: Object.fromEntries(['cs', 'ds', 'es', 'ss', 'fs', 'gs', 'ldtr', 'tr'].map((name) => [name, segment(0)])),
        gdtr: { base: 0n, limit: 0xffffn }, idtr: { base: 0n, limit: 0x3ffn }, a20: true, halted: false, dead: null, interrupts: false,
        ...changes, registers: { ...registers, ...changes.registers },
    };
}
