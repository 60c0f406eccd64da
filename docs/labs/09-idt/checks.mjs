// The checks of lab 9: an IDT and its stubs, through which a kernel of ours (carrier.c) lets exceptions happen.

import { bytesAt, deathInWords, EXCEPTIONS, hex, quote } from '../../../tools/labs/watch.mjs';

const KERNEL = 0xffffffff80100000n, LOW = 0x100000n, USER = 0x8000000000n;      // where its first page is mapped
const INSTALL = KERNEL + 0x20n, INSTALLED = KERNEL + 0x40n, FINISHED = KERNEL + 0xcn;      // of entry.asm
const HANDLE = KERNEL + 0x60n, REPORT = KERNEL + 0xb0n, PLACES = 0x100n, PLACE_BYTES = 0x10n, RESUME_OFFSET = 8n;
const VECTORS = 256, GATE_BYTES = 16;
const BOOT_LIMIT = 60e6, LIMIT = 2e6;           // instructions: to the kernel, and between two stops
const MOST_STOPS = 8;                           // calls of the kernel for one instruction; two are enough
const TEXT_BYTES = 160;
const PATTERN = 0x9e3779b97f4a7c15n;            // carrier.c
const GENERAL = ['rax', 'rbx', 'rcx', 'rdx', 'rsi', 'rdi', 'rbp', 'r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14', 'r15'];
const FRAME = [...GENERAL, 'vector', 'error', 'rip', 'cs', 'rflags', 'rsp', 'ss'];      // struct interrupt_frame
const UPPER = 0xffffffff80000000n;
const DF = 0x400n, RF = 0x10000n;               // of RFLAGS; a fault sets RF in the frame
const NX_DATA = USER + 0x2000n, ABSENT = 0x123456789abcn;

// What happens, in the order of enum probe (machine.h). `set`: registers without a pattern; `after`: length of the
// instruction, if it is complete when the vector is called; `text`: the words for the error code
const PROBES = [
    { group: 'breakpoint', what: 'INT3', vector: 3, after: 1n },
    { group: 'breakpoint', what: 'INT3 at a low address, with IF = 1, DF = 1 and an odd RSP,', vector: 3, base: LOW, after: 1n },
    { group: 'breakpoint', what: 'INT 3 of two bytes', vector: 3, after: 2n },
    { group: 'explain', what: 'a read from an address without a page', vector: 14, error: 0n, set: { rdi: ABSENT }, text: ['kernel', 'read', 'not present'] },
    { group: 'explain', what: 'a write to a read-only page', vector: 14, error: 3n, set: { rdi: USER + 0x1abcn }, text: ['kernel', 'write', 'protection'] },
    { group: 'explain', what: 'a jump to an address without a page', vector: 14, error: 0x10n, set: { rdi: ABSENT + 0x1000n }, rip: ABSENT + 0x1000n, text: ['kernel', 'fetch', 'not present'] },
    { group: 'explain', what: 'a jump into a page of data', vector: 14, error: 0x11n, set: { rdi: NX_DATA + 0x123n }, rip: NX_DATA + 0x123n, text: ['kernel', 'fetch', 'protection'] },
    { group: 'explain', what: 'a user\'s read from a page of the kernel', vector: 14, error: 5n, base: USER, set: { rdi: NX_DATA + 0x456n }, text: ['user', 'read', 'protection'] },
    { group: 'explain', what: 'a user\'s write to an address without a page', vector: 14, error: 6n, base: USER, set: { rdi: ABSENT + 0x2000n }, text: ['user', 'write', 'not present'] },
    { group: 'nested', what: 'a write to a page that the kernel then maps', vector: 14, error: 2n, set: { rdi: USER + 0x3789n }, mended: true },
    { group: 'nested', what: 'a page fault during which another one is mended', vector: 14, error: 0n, set: { rdi: ABSENT + 0x3000n }, nested: true, text: ['kernel', 'read', 'not present'] },
    { group: 'frames', what: 'a division by zero', vector: 0, set: { rcx: 0n } },
    { group: 'frames', what: 'UD2', vector: 6 },
    { group: 'frames', what: 'loading a segment that is not present', vector: 11, error: 0x10n, set: { rbx: 0x10n } },
    { group: 'frames', what: 'loading a selector beyond the GDT', vector: 13, error: 0x1238n, reported: true, set: { rbx: 0x1238n } },
    { group: 'frames', what: 'a bad address in RBP', vector: 12, error: 0n, set: { rbp: 0x1234567812345678n } },
    { group: 'frames', what: 'INT FFh', vector: 255, after: 2n },
    { group: 'frames', what: 'the timer', vector: 32 },
    { group: 'frames', what: 'a push to a stack that is not there', vector: 8, error: 0n, set: { rsp: ABSENT }, newStack: true },
];

export const boots = { plain: {} };

// ---- what happened

export async function observe(machine) {
    const mbr = machine.count;
    const entry = await machine.find({ rip: KERNEL }, +1, mbr + BOOT_LIMIT);
    if (entry === null) {
        await machine.goto(mbr + BOOT_LIMIT);
        return { reached: false, probes: [], words: `The loader never started your kernel. On the screen: ${quote(lastRow(machine))}.` };
    }
    await machine.goto(entry);
    const installed = await install(machine);
    const probes = [];
    while (probes.length < PROBES.length && installed.done && probes.at(-1)?.after !== null)
        probes.push(await oneProbe(machine, probes.length));
    return { reached: true, ...installed, probes };
}

const lastRow = (machine) => machine.screen().map((row) => row.trim()).filter(Boolean).at(-1) ?? '';

// Runs to the next of these addresses; false: there is none within the limit
async function runTo(machine, places) {
    const from = machine.count;
    await machine.step();
    return await machine.advance(from + LIMIT, { until: { rip: places } }) && !machine.state().dead;
}

async function install(machine) {
    if (!await runTo(machine, [INSTALL]))
        throw new Error('the kernel of lab 9 does not come to the call of idt_install');
    const { registers, segments } = machine.state();
    const ist = bytesAt(machine, registers.rdi, VECTORS);
    const before = machine.state().idtr, done = await runTo(machine, [INSTALLED]);
    const { idtr } = machine.state();
    return { done, ist, code: segments.cs.selector, before, idtr, gates: gates(machine, idtr.base), words: done ? null : whyNot(machine) };
}

function whyNot(machine) {
    const { dead, linear } = machine.state();
    return dead ? `The machine died: ${deathInWords(machine, { died: dead })}.` : `After ${LIMIT} instructions the CPU is at ${hex(linear)}.`;
}

function gates(machine, base) {
    const bytes = bytesAt(machine, base, VECTORS * GATE_BYTES);
    return bytes && Array.from({ length: VECTORS }, (_, n) => {
        const view = new DataView(bytes.buffer, n * GATE_BYTES, GATE_BYTES);
        const offset = BigInt(view.getUint16(0, true)) | BigInt(view.getUint16(6, true)) << 16n | BigInt(view.getUint32(8, true)) << 32n;
        return { offset, leads: machine.translate(offset) !== null, selector: view.getUint16(2, true), ist: view.getUint8(4), type: view.getUint8(5) };
    });
}

async function oneProbe(machine, number) {
    const probe = PROBES[number], place = (probe.base ?? KERNEL) + PLACES + BigInt(number) * PLACE_BYTES;
    const after = [KERNEL, LOW].map((base) => base + PLACES + BigInt(number) * PLACE_BYTES + RESUME_OFFSET);
    if (!await runTo(machine, [place]))
        return { ...probe, number, calls: [], after: null, words: `The kernel never came to it. ${whyNot(machine)}` };
    const before = machine.state(), calls = [];
    while (calls.length < MOST_STOPS && await runTo(machine, [HANDLE, REPORT, ...after])) {
        const state = machine.state();
        if (after.includes(state.linear))
            return { ...probe, number, place, before, calls, after: state, written: written(machine, probe) };
        calls.push(look(machine, state));
    }
    return { ...probe, number, place, before, calls, after: null,
        words: calls.length < MOST_STOPS ? whyNot(machine) : calls.some(({ isReport }) => isReport) ? 'The kernel was called again and again.'
            : 'The instruction was repeated again and again, and interrupt_report was never called.' };
}

// A call of one of the kernel's two functions
function look(machine, { linear, registers, rflags, interrupts }) {
    const bytes = bytesAt(machine, registers.rdi, FRAME.length * 8);
    const words = bytes && new BigUint64Array(bytes.slice().buffer);
    const text = linear === REPORT && registers.rsi !== 0n ? bytesAt(machine, registers.rsi, TEXT_BYTES) : null;
    return { isReport: linear === REPORT, rsp: registers.rsp, rflags, interrupts, address: registers.rdi,
        frame: words && Object.fromEntries(FRAME.map((name, i) => [name, words[i]])),
        text: text && String.fromCharCode(...text.subarray(0, (text.indexOf(0) + TEXT_BYTES + 1) % (TEXT_BYTES + 1))) };
}

const written = (machine, { mended, set }) => {
    const bytes = mended ? bytesAt(machine, set.rdi, 8) : null;
    return bytes && new DataView(bytes.slice().buffer).getBigUint64(0, true);
};

// ---- what each check found

const nameOf = (vector) => `${hex(vector, 2)}${EXCEPTIONS[vector] ? ` (${EXCEPTIONS[vector]})` : ''}`;
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const placeOf = ({ number }) => `enter_probe~${number + 1}`;
const withoutRf = (rflags) => rflags & ~RF;

// The value that register i has before the instruction, unless it is one of `set`
const pattern = (number, i) => BigInt.asUintN(64, PATTERN * BigInt(number * 16 + i + 1));
const isAsAsked = ({ number, before, set = {} }) => GENERAL.every((name, i) => before.registers[name] === (set[name] ?? pattern(number, i)));

function notTried({ words, probes }) {
    const last = probes.at(-1);
    return words ?? (last.after === null ? `${capital(last.what)} was not survived, so this was not tried.` : 'The kernel did not do what it does, so nothing can be said.');
}

// Why the machine did not come to the end of a probe
const whyNoEnd = ({ what, calls, before, words }) => `${capital(what)} was not survived. ${before && calls.length === 0 ? 'interrupt_handle was never called. ' : ''}${words}`;

const isWhole = ({ probes }, group) => PROBES.every((probe, number) => probe.group !== group
    || (probes[number] && probes[number].after !== null && isAsAsked(probes[number])));

// The first fault of a group's probes; null if all of them happened and have none
function groupFault(plain, group, test) {
    for (const probe of plain.probes.filter((one) => one.group === group)) {
        const found = probe.after === null ? whyNoEnd(probe) : test(probe), wrongFrame = probe.calls.length ? frameFault(probe) : null;
        if (found)
            return { found: wrongFrame ?? found, at: placeOf(probe), ...wrongFrame && { hint: 'frames' } };
    }
    return isWhole(plain, group) ? null : { found: notTried(plain) };
}

function callsFault({ what, calls, nested, text, reported }) {
    const handled = calls.filter(({ isReport }) => !isReport).length, wanted = nested ? 2 : 1;
    const reports = calls.length - handled;
    if (handled !== wanted)
        return `At ${what} interrupt_handle was called ${handled} times instead of ${wanted}.`;
    if (text || reported)
        return reports === 1 ? null : `At ${what} interrupt_handle returned false, and interrupt_report was called ${reports} times.`;
    return reports === 0 ? null : `At ${what} interrupt_handle returned true, and interrupt_report was called nevertheless.`;
}

function afterFault({ what, before, after, newStack }) {
    const name = GENERAL.find((one) => before.registers[one] !== after.registers[one]);
    if (name)
        return `After ${what} ${name.toUpperCase()} was ${hex(after.registers[name])}; before it was ${hex(before.registers[name])}.`;
    if (!newStack && before.registers.rsp !== after.registers.rsp)
        return `After ${what} RSP was ${hex(after.registers.rsp)}; before it was ${hex(before.registers.rsp)}.`;
    if (withoutRf(before.rflags) !== withoutRf(after.rflags))
        return `After ${what} RFLAGS was ${hex(after.rflags)}; before it was ${hex(before.rflags)}.`;
    return null;
}

// ---- the table

function idtrFault({ plain: { idtr, before, words, done } }) {
    const end = VECTORS * GATE_BYTES - 1;
    if (!idtr || (idtr.base === before.base && idtr.limit === before.limit))
        return { found: `${words ? `${words} ` : ''}IDTR was never loaded.` };
    const fault = (found) => ({ found: `${found}${done ? '' : ` ${words}`}`, at: 'idt_install' });
    if (idtr.limit !== end)
        return fault(`IDTR.limit is ${hex(idtr.limit)}. The last byte of ${VECTORS} gates is at ${hex(end)}.`);
    if (idtr.base < UPPER)
        return fault(`IDTR.base is ${hex(idtr.base)}, which is not an address of the upper part, where your kernel is.`);
    return done ? null : fault('idt_install did not come back.');
}

function wrongGate({ offset, leads, selector, ist, type }, code, wantedIst) {
    if (!(type & 0x80))
        return 'is not present: its bit P is 0';
    if ((type & 0x0f) !== 0x0e)
        return `has type ${hex(type & 0x1f)}${(type & 0x1f) === 0x0f ? ', a trap gate, which leaves IF as it is' : ''}; an interrupt gate is Eh`;
    if (type !== 0x8e)
        return `has ${hex(type, 2)} in its byte of type, P and ring; a gate that is present, for ring 0 and of type Eh has 8Eh`;
    if (selector !== code)
        return `has the selector ${hex(selector)}; CS is ${hex(code)}`;
    if (offset >> 32n === 0n && offset >> 31n === 1n)
        return `leads to ${hex(offset)}: its bits 32 to 63 are missing`;
    if (offset < UPPER || !leads)
        return `leads to ${hex(offset)}, where your kernel is not`;
    return ist === wantedIst ? null : `has the IST ${ist}; the list that you were given has ${wantedIst}`;
}

function gatesFault({ plain: { gates: table, code, ist, idtr, before, words } }) {
    if (!idtr || (idtr.base === before.base && idtr.limit === before.limit))
        return { found: words ?? 'There is no IDT of yours.' };
    if (!table)
        return { found: `There is no memory at IDTR.base, ${hex(idtr.base)}.`, at: 'idt_install' };
    for (const [vector, gate] of table.entries()) {
        const wrong = wrongGate(gate, code, ist[vector]);
        if (wrong)
            return { found: `The gate of vector ${nameOf(vector)} ${wrong}.`, at: 'idt_install' };
    }
    return null;
}

// ---- the frames

function frameFault({ what, number, vector, error = 0n, rip, after, place, before, calls }) {
    const { frame, address } = calls[0];
    if (!frame)
        return `At ${what} interrupt_handle was called with RDI = ${hex(address)}, where no frame can be.`;
    const { registers, segments, rflags } = before;
    const wanted = { vector: BigInt(vector), error, rip: rip ?? place + (PROBES[number].after ?? 0n), cs: BigInt(segments.cs.selector), ...registers,
        rflags: withoutRf(rflags), ss: BigInt(segments.ss.selector) };
    const name = ['vector', 'error', ...FRAME].find((one) => (one === 'rflags' ? withoutRf(frame[one]) : frame[one]) !== wanted[one]);
    return name ? `At ${what} the frame has ${WORDS[name] ?? name.toUpperCase()} ${hex(frame[name])}; it should have ${hex(wanted[name])}.` : null;
}

const WORDS = { vector: 'the vector', error: 'the error code', rip: 'as RIP', cs: 'as CS', ss: 'as SS', rsp: 'as RSP', rflags: 'as RFLAGS' };

function framesFault({ plain }) {
    for (const probe of plain.probes.filter(({ calls }) => calls.length)) {
        const found = frameFault(probe);
        if (found)
            return { found, points: probe.group === 'frames' ? 1 : 0, at: placeOf(probe) };
    }
    const fault = groupFault(plain, 'frames', (probe) => callsFault(probe) ?? afterFault(probe));
    return fault && { ...fault, points: plain.probes.some(({ group }) => group === 'frames') ? 1 : 0 };
}

function callFault({ plain }) {
    for (const probe of plain.probes)
        for (const { isReport, rsp, rflags, interrupts } of probe.calls) {
            const found = wrongState(rsp, rflags, interrupts);
            if (found)
                return { found: `At ${probe.what} ${isReport ? 'interrupt_report' : 'interrupt_handle'} was called with ${found}.`, at: placeOf(probe) };
        }
    const needed = PROBES.findIndex(({ group }) => group === 'explain');
    return plain.probes[needed]?.calls.length ? null : { found: notTried(plain) };
}

function wrongState(rsp, rflags, interrupts) {
    if ((rsp + 8n) % 16n !== 0n)
        return `RSP = ${hex(rsp)} at its first instruction; before the call it has to be a multiple of 16`;
    if (rflags & DF)
        return 'DF = 1, so that string instructions go downwards';
    return interrupts ? 'IF = 1: an interrupt could come while another one is handled' : null;
}

// ---- the sentence

const ABOUT = { access: ['read', 'write', 'fetch'], cause: ['not present', 'protection'], who: ['user', 'kernel'] };

function textFault({ what, set, text, calls }) {
    const said = calls.find(({ isReport }) => isReport).text, sentence = said && `At ${what} your sentence was ${quote(said.replace(/\s+/g, ' '))}`;
    if (!said)
        return `At ${what} there was no sentence.`;
    if (!hasAddress(said, set.rdi))
        return `${sentence}. The address ${hex(set.rdi)} is not in it.`;
    for (const choice of Object.values(ABOUT)) {
        const found = choice.filter((words) => new RegExp(`\\b${words}`, 'i').test(said)), wanted = choice.find((words) => text.includes(words));
        if (found.length !== 1 || found[0] !== wanted)
            return `${sentence}. Of ${choice.map((words) => `"${words}"`).join(', ')} it has ${found.length ? found.map((words) => `"${words}"`).join(' and ') : 'none'}; it was "${wanted}".`;
    }
    return null;
}

const hasAddress = (said, address) => [...said.matchAll(/[0-9a-f]+/gi)].some(([digits]) => BigInt(`0x${digits}`) === address);

function explainFault({ plain }) {
    const fault = groupFault(plain, 'explain', (probe) => callsFault(probe) ?? textFault(probe));
    const isPlaceKnown = isWhole(plain, 'explain') && plain.probes.filter(({ group }) => group === 'explain')
        .every((probe) => callsFault(probe) === null && hasAddress(probe.calls.at(-1).text ?? '', probe.set.rdi));
    return fault && { ...fault, points: isPlaceKnown ? 1 : 0 };
}

const nestedFault = ({ plain }) => groupFault(plain, 'nested', (probe) => callsFault(probe) ?? afterFault(probe)
    ?? (probe.text ? textFault(probe) : mendedFault(probe)));

function mendedFault({ what, set, written: value, before }) {
    return value === before.registers.rbx ? null : `After ${what} there is ${value === null ? 'no page' : hex(value)} at ${hex(set.rdi)}; the instruction writes ${hex(before.registers.rbx)}.`;
}

export const checks = [
    { id: 'idtr', points: 1, name: 'IDTR has your table', hint: 'idtr', expected: `LIDT loads the address of ${VECTORS} gates and the offset of their last byte.`, test: idtrFault },
    { id: 'gates', points: 1, name: 'the gates', hint: 'gates',
        expected: 'Every gate is present, of type Eh and for ring 0, and has the selector of CS, the IST of the list and a full address.', test: gatesFault },
    { id: 'breakpoint', points: 2, name: 'INT3, and back', hint: 'breakpoint', expected: 'After INT3 the program goes on with every register and flag as it was.',
        test: ({ plain }) => groupFault(plain, 'breakpoint', (probe) => callsFault(probe) ?? afterFault(probe)) },
    { id: 'frames', points: 2, name: 'the frames of all vectors', hint: 'frames', expected: 'The frame has the vector, its error code or 0, and the registers at the exception.', test: framesFault },
    { id: 'call', points: 1, name: 'the state in which C is called', hint: 'call', expected: 'At a call RSP is a multiple of 16, DF is 0 and IF is 0.', test: callFault },
    { id: 'explain', points: 2, name: 'page faults are explained', hint: 'explain',
        expected: 'The sentence has the address, and the words for the access, the cause and who it was.', test: explainFault },
    { id: 'nested', points: 1, name: 'a page fault within a page fault', hint: 'nested',
        expected: 'A fault that the kernel mends is over, and one within another leaves that one\'s address and registers as they were.', test: nestedFault },
];
