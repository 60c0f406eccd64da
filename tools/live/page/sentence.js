// One sentence about the step just made, from the states before and after it.  Pure.
//
// This is what a screen reader hears and what the transcript keeps.  The most important thing comes
// first: a death, an exception, an interrupt, a BIOS call, a bit that changed the machine, and
// only then what the instruction did to registers and memory.

import { hex, hexh, plural } from './format.js';
import { readable } from './instruction_text.js';
import { describeCall, describeResult, callName } from './bios_words.js';

// The names of a mode's registers.
const NAMES_16 = { rax: 'AX', rbx: 'BX', rcx: 'CX', rdx: 'DX', rsi: 'SI', rdi: 'DI', rbp: 'BP', rsp: 'SP' };
const SEGMENTS = ['cs', 'ds', 'es', 'ss', 'fs', 'gs', 'ldtr', 'tr'];
const MODE_WORDS = {
    real16: '16-bit real mode',
    prot16: '16-bit protected mode',
    prot32: '32-bit protected mode',
    long16: '16-bit compatibility mode',
    long32: '32-bit compatibility mode',
    long64: '64-bit long mode',
    v8086: 'virtual-8086 mode',
    smm: 'system management mode',
};
const TOLD_FLAGS = ['IF', 'DF', 'TF'];
const MOST_CHANGES = 4; // registers that one sentence names

export const modeWords = (mode) => MODE_WORDS[mode] ?? mode;

// "AX" in 16-bit code, "EAX" in 32-bit, "RAX" in 64-bit; as wide as what changed needs
export function registerName(name, mode, was = 0n, is = 0n) {
    const bits = widthOf(mode, was ^ is);
    if (/^r\d+$/.test(name)) return name.toUpperCase();
    if (bits === 16) return NAMES_16[name];
    return (bits === 32 ? 'E' : 'R') + name.slice(1).toUpperCase();
}

function widthOf(mode, difference) {
    if (mode.endsWith('64') || difference >> 32n) return 64;
    return mode.endsWith('32') || difference >> 16n ? 32 : 16;
}

function registerValue(value, name) {
    const digits = name.startsWith('R') ? 1 : name.startsWith('E') ? 8 : 4;
    const mask = digits === 8 ? 0xffffffffn : digits === 4 ? 0xffffn : (1n << 64n) - 1n;
    return hexh(value & mask, digits === 1 ? 1 : digits);
}

// ["AX 0003h -> 2401h"] of the registers that differ
export function registerChanges(before, now) {
    const changes = [];
    for (const [name, is] of Object.entries(now.registers)) {
        const was = before.registers[name];
        if (was === is) continue;
        const shown = registerName(name, now.mode, was, is);
        changes.push(`${shown} ${registerValue(was, shown)} → ${registerValue(is, shown)}`);
    }
    for (const name of SEGMENTS) {
        const was = before.segments[name],
            is = now.segments[name];
        if (was.selector !== is.selector)
            changes.push(`${name.toUpperCase()} ${hexh(was.selector, 4)} → ${hexh(is.selector, 4)}`);
    }
    return changes;
}

// ["CR0.PG 0 -> 1 (paging)"] of the control bits that differ; `bits` is register_bits.def's table
export function controlBitChanges(before, now, bits) {
    const changes = [];
    const compare = (register, was, is, isTold) => {
        for (const [bit, name, meaning] of bits[register] ?? []) {
            const from = (was >> BigInt(bit)) & 1n,
                to = (is >> BigInt(bit)) & 1n;
            if (from !== to && isTold(name))
                changes.push(`${register}.${name} ${from} → ${to} (${meaning}: ${to ? 'on' : 'off'})`);
        }
    };
    for (const register of ['CR0', 'CR4', 'EFER'])
        compare(
            register,
            BigInt(before[register.toLowerCase()]),
            BigInt(now[register.toLowerCase()]),
            () => true,
        );
    compare('RFLAGS', BigInt(before.rflags), BigInt(now.rflags), (name) => TOLD_FLAGS.includes(name));
    if (before.a20 !== now.a20) changes.push(`A20 ${before.a20 ? 'on → off' : 'off → on'}`);
    return changes;
}

export function tableChanges(before, now) {
    const changes = [];
    for (const name of ['gdtr', 'idtr']) {
        const was = before[name],
            is = now[name];
        if (was.base !== is.base || was.limit !== is.limit)
            changes.push(
                `${name.toUpperCase()} now names a table of ${plural(Number(is.limit) + 1, 'byte')} at ${hexh(is.base)}`,
            );
    }
    if (before.cr3 !== now.cr3) changes.push(`CR3 now names the page tables at ${hexh(now.cr3)}`);
    if (before.cr2 !== now.cr2) changes.push(`CR2 = ${hexh(now.cr2)}`);
    return changes;
}

function exceptionSentence(event, context) {
    const [mnemonic, name] = context.exceptions[event.vector] ?? ['', 'exception'];
    const code =
        event.error === null || event.error === undefined
            ? ''
            : `, error code ${hexh(event.error, 4)}${errorMeaning(event, context.bits)}`;
    const to =
        event.handler === undefined ? '' : `; the gate leads to ${context.symbols.describe(event.handler)}`;
    return `${mnemonic} (vector ${event.vector}, ${name})${code}${to}`;
}

function errorMeaning(event, bits) {
    const set = (register) =>
        (bits[register] ?? []).filter(([bit]) => (event.error >> bit) & 1).map(([, , meaning]) => meaning);
    if (event.vector === 14)
        return ` (${[...set('PAGE_FAULT'), ...(event.error & 1 ? [] : ['the page is not present'])].join(', ')})`;
    if ([10, 11, 12, 13].includes(event.vector) && event.error)
        return ` (selector ${hexh(event.error & 0xfff8, 4)}${set('SELECTOR_ERROR')
            .map((text) => ', ' + text)
            .join('')})`;
    return '';
}

const IRQS = [
    'timer',
    'keyboard',
    'cascade',
    'COM2',
    'COM1',
    'LPT2',
    'floppy',
    'LPT1',
    'clock (RTC)',
    '',
    '',
    '',
    'mouse',
    'FPU',
    'first disk',
    'second disk',
];

// The line of the 8259 for a vector, with either of the usual two ways to program it.
export function irqOf(vector, mode) {
    if (mode.startsWith('real'))
        return vector >= 8 && vector < 16
            ? vector - 8
            : vector >= 0x70 && vector < 0x78
              ? vector - 0x68
              : null;
    return vector >= 0x20 && vector < 0x30 ? vector - 0x20 : null;
}

function interruptSentence(event, now, context) {
    if (!event.hardware)
        return `INT ${hexh(event.vector, 2)}: a software interrupt, to ${context.symbols.describe(now.linear)}`;
    const irq = irqOf(event.vector, now.mode);
    const source = irq === null ? '' : ` from IRQ ${irq}${IRQS[irq] ? `, the ${IRQS[irq]}` : ''}`;
    return `A hardware interrupt${source}: vector ${hexh(event.vector, 2)}, to ${context.symbols.describe(now.linear)}`;
}

const PORTS = [
    [0x20, 0x21, '8259 interrupt controller'],
    [0xa0, 0xa1, 'second 8259'],
    [0x40, 0x43, 'PIT timer'],
    [0x60, 0x64, 'keyboard controller'],
    [0x70, 0x71, 'CMOS and clock'],
    [0x92, 0x92, 'port 92h: A20 gate and reset'],
    [0xe9, 0xe9, "emulators' debug port"],
    [0x1f0, 0x1f7, 'disk controller'],
    [0x3f6, 0x3f6, 'disk controller'],
    [0x3f8, 0x3ff, 'COM1'],
    [0x3c0, 0x3df, 'VGA'],
    [0x3f0, 0x3f5, 'floppy controller'],
    [0xcf8, 0xcff, 'PCI configuration'],
    [0x604, 0x604, 'power management'],
];

export function portName(port) {
    return PORTS.find(([from, to]) => port >= from && port <= to)?.[2] ?? null;
}

function portSentence(event) {
    const name = portName(event.port);
    const digits = 2 * (event.size ?? 1);
    return (
        `${event.out ? 'wrote' : 'read'} ${hexh(event.value, digits)} ${event.out ? 'to' : 'from'} port ` +
        `${hexh(event.port, 2)}${name ? ` (${name})` : ''}`
    );
}

function eventSentences(step, context) {
    const sentences = [];
    const isBiosCall = step.events.some((event) => event.kind === 'bios');
    for (const event of step.events) {
        if (event.kind === 'exception')
            sentences.push(exceptionSentence({ ...event, handler: step.now.linear }, context));
        else if (event.kind === 'interrupt' && !isBiosCall) sentences.push(interruptSentence(event, step.now, context));
        else if (event.kind === 'bios') sentences.push(describeCall(event));
        else if (event.kind === 'bios-return') sentences.push(returnSentence(event));
        else if (event.kind === 'port') sentences.push(portSentence(event));
        else if (event.kind === 'reset') sentences.push('the CPU was reset');
        else if (event.kind === 'wait') sentences.push('20 ms pass while the CPU is halted');
        else if (event.kind === 'smm')
            sentences.push(`the CPU ${event.on ? 'enters' : 'leaves'} system management mode`);
    }
    return sentences;
}

function returnSentence(event) {
    const result = event.call ? describeResult(event.call, event) : null;
    return `${callName(event.call ?? event)} returned${result ? `: ${result}` : ''}`;
}

function memorySentence(step, context) {
    const writes = step.accesses.writes.map(([address, length]) => {
        const name = context.variable?.(address);
        return `${plural(length, 'byte')} at ${hexh(address)}${name ? ` (${name})` : ''}`;
    });
    return writes.length
        ? `wrote ${writes.slice(0, 2).join(' and ')}${writes.length > 2 ? ' and more' : ''}`
        : null;
}

function flow(step, context) {
    const { before, now } = step;
    if (now.halted && !before.halted) return 'the CPU waits for an interrupt';
    const from = context.symbols.find(before.linear),
        to = context.symbols.find(now.linear);
    const next = before.linear + BigInt(step.instruction?.length ?? 0);
    if (now.linear === next || !step.instruction) return null;
    if (to?.name && to.name !== from?.name) return `on to ${context.symbols.describe(now.linear)}`;
    return /^rep/.test(step.instruction.text) && now.linear === before.linear
        ? 'once more'
        : `jumps to ${hex(now.linear)}h`;
}

function capital(text) {
    return text ? text[0].toUpperCase() + text.slice(1) : text;
}

export function deathSentence(dead, context) {
    const chain = (dead.chain ?? []).map((event) => exceptionSentence(event, context));
    const links = chain.length ? ` The chain: ${chain.join('; then ')}.` : '';
    return `The machine is dead: ${dead.reason}.${links} Step back to see why.`;
}

// step: {before, now, events, accesses, instruction (the one executed)}; context: {symbols, bits, exceptions}
export function sentence(step, context) {
    if (step.now.dead) return deathSentence(step.now.dead, context);
    if (!step.before)
        return 'Reset: the CPU is in real mode and about to fetch its first instruction, at FFFFFFF0h in the BIOS.';
    const bits = controlBitChanges(step.before, step.now, context.bits);
    const modeChange =
        step.before.mode === step.now.mode
            ? []
            : [`the CPU is now in ${modeWords(step.now.mode)} (before: ${modeWords(step.before.mode)})`];
    const registers = registerChanges(step.before, step.now);
    const few = registers.slice(0, MOST_CHANGES);
    if (registers.length > MOST_CHANGES) few.push('and more registers');
    const events = eventSentences(step, context);
    // what a BIOS call pushes matters less than its request
    const isBiosCall = step.events.some((event) => event.kind === 'bios');
    const details = [
        ...bits,
        ...modeChange,
        ...tableChanges(step.before, step.now),
        ...few,
        memorySentence(step, context),
        flow(step, context),
    ];
    const facts = [...events, ...(isBiosCall ? [] : details)].filter(Boolean);
    const words = facts.length ? facts.join('; ') : 'changes nothing but the instruction pointer';
    return step.instruction ? `${readable(step.instruction.text, context.symbols)}: ${words}.` : capital(`${words}.`);
}

// What all instructions of a source line have changed; before and now are states
export function lineSentence(before, now, context) {
    const registers = registerChanges(before, now);
    const facts = [...controlBitChanges(before, now, context.bits), ...registers.slice(0, MOST_CHANGES)];
    if (registers.length > MOST_CHANGES) facts.push('and more registers');
    const number = now.count - before.count;
    const instructions = `${number} instruction${number === 1 ? '' : 's'}`;
    return `The line took ${instructions}: ${facts.join('; ') || 'no register has another value'}.`;
}
