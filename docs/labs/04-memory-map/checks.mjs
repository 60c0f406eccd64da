// The checks of lab 4: the list of INT 15h E820h, compared with what the BIOS answered.

import { carried, farAt, gotoLink, MEMORY_MAP_MAX, runCalled, SCRATCH_ADDRESS, stackAt, STUDENT_ADDRESS, STUDENT_END } from '../../../tools/labs/links.mjs';
import { hex } from '../../../tools/labs/watch.mjs';

const LIMIT = 1e6;          // instructions; 512 calls of an odd BIOS take less than half of them
const CALLS = 16;           // are looked at; the lists of these PCs have half as many entries
const ENTRY = 24, SHORT = 20;
const SMAP = 0x534d4150, REVERSED = 0x50414d53;
const FILE = 'memory_map.asm';
const OWN = [[BigInt(STUDENT_ADDRESS), BigInt(STUDENT_END)], [BigInt(SCRATCH_ADDRESS), BigInt(SCRATCH_ADDRESS + 0x10000)]];

export const boots = {
    plain: {},
    odd: { bios: { e820_end: 1, e820_skip: 1, junk_registers: 2, junk_es: 2, junk_ds: 2, returns_df: 2 } },
    lost: { bios: { e820_lost_at: 2 } },
    endless: { bios: { e820_end: 4 } },
};
export const bases = { [FILE]: STUDENT_ADDRESS };
export const image = (parts) => carried(parts['carrier.asm'].bytes, parts[FILE].bytes);

// ---- what is seen

const low = (register) => Number(register & 0xffffffffn);

export async function observe(machine) {
    const mbr = machine.count;
    await gotoLink(machine);
    const from = machine.count;
    const run = await runCalled(machine, { limit: LIMIT, mbr, own: OWN });
    const end = machine.count;
    await machine.goto(from);
    const calls = await callsUntil(machine, run.exit, end);
    await machine.goto(end);
    const ax = Number(run.state.registers.rax & 0xffffn);
    return { ...run, calls, ax, cf: Number(run.state.rflags & 1n),
        list: entriesAt(machine, run.exited ? Math.min(ax, MEMORY_MAP_MAX) : calls.length) };
}

// The calls of INT 15h, up to the exit or as many as are looked at
async function callsUntil(machine, exit, limit) {
    const handler = farAt(machine, 4 * 0x15), calls = [];
    while (calls.length < CALLS) {
        if (!await machine.advance(limit, { until: { rip: [handler, exit] } }))
            break;
        const before = machine.state();
        if (before.linear === exit)
            break;
        if (!await machine.advance(limit, { until: { rip: farAt(machine, stackAt(before)) } }))
            break;
        calls.push(call(machine, before, machine.state()));
    }
    return calls;
}

function call(machine, { registers, segments }, after) {
    const at = Number(segments.es.base + (registers.rdi & 0xffffn));
    return { eax: low(registers.rax), ebx: low(registers.rbx), ecx: low(registers.rcx), edx: low(registers.rdx),
        answer: { cf: Number(after.rflags & 1n), eax: low(after.registers.rax), ebx: low(after.registers.rbx),
            ecx: low(after.registers.rcx), entry: entry(machine.read(at, ENTRY)) } };
}

function entry(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    return { base: view.getBigUint64(0, true), length: view.getBigUint64(8, true), type: view.getUint32(16, true),
        attributes: view.getUint32(20, true) };
}

function entriesAt(machine, number) {
    const bytes = machine.read(SCRATCH_ADDRESS, number * ENTRY);
    return Array.from({ length: number }, (_, n) => entry(bytes.subarray(n * ENTRY, (n + 1) * ENTRY)));
}

// ---- what the list should have been, by the BIOS's own answers

const isGood = ({ answer: { cf, eax } }) => cf === 0 && eax === SMAP;
const isE820 = ({ eax, edx }) => (eax & 0xffff) === 0xe820 && edx === SMAP;
const answered = ({ answer: { entry: reported, ecx } }) => ({ ...reported, attributes: ecx < ENTRY ? 1 : reported.attributes });
const text = ({ base, length, type, attributes }) =>
    `base ${hex(base)}, length ${hex(length)}, type ${type}, attributes ${hex(attributes)}`;
// the calls up to the end of the list: a call after it begins the list anew
function once(calls) {
    const end = calls.findIndex(({ answer: { cf, ebx } }) => cf || ebx === 0);
    return end < 0 ? calls : calls.slice(0, end + 1);
}

// empty entries may be kept or left out
const texts = (entries) => entries.filter(({ length }) => length !== 0n).map(text);

// The first entry that is wrong, in words; null if both lists have the same ones
function difference({ calls, list }, { repeats = false } = {}) {
    const wanted = texts(once(calls).filter(isE820).filter(isGood).map(answered)), mine = texts(list);
    const missing = wanted.find((one) => !mine.includes(one));
    if (missing)
        return `The BIOS reported ${missing}. ${likest(missing, mine)}`;
    const extra = mine.find((one) => !wanted.includes(one));
    if (extra)
        return `Your list has ${extra}, which the BIOS never reported.`;
    return !repeats && mine.length !== wanted.length ? `The BIOS reported ${wanted.length} entries, and your list has ${mine.length}.` : null;
}

function likest(missing, mine) {
    const like = mine.find((one) => one.split(',')[0] === missing.split(',')[0]);
    return like ? `Your list has ${like}.` : `It is not among the ${mine.length} entries of your list.`;
}

// ---- what each check found

function callFault({ calls, words, steps }) {
    const fault = (found, points = 0) => ({ found, points, at: steps });
    if (!calls.length)
        return fault(`INT 15h was never called. ${words}`);
    const { eax, ebx, ecx, edx } = calls[0];
    if (eax !== 0xe820)
        return fault(`The first INT 15h had EAX = ${hex(eax)}.`);
    if (edx !== SMAP)
        return fault(`The first INT 15h had EDX = ${hex(edx)}${edx === REVERSED ? ', which is "SMAP" the wrong way round' : ''}.`);
    if (ebx !== 0)
        return fault(`The first INT 15h had EBX = ${hex(ebx)}, which is not the beginning of the list.`, 1);
    const other = calls.find((one) => !isE820(one) || one.ecx < SHORT);
    return other ? fault(`A call of INT 15h had EAX = ${hex(other.eax)}, EDX = ${hex(other.edx)} and ECX = ${hex(other.ecx)}.`, 1)
        : ecx < SHORT ? fault(`ECX was ${hex(ecx)}, and an entry has 20 bytes at least.`, 1) : null;
}

function allFault({ calls, steps }) {
    const fault = (found, points = 0) => ({ found, points, at: steps });
    if (!calls.some(isGood))
        return fault('The BIOS never reported an entry.');
    for (const [n, { ebx }] of calls.slice(1).entries()) {
        const last = calls[n].answer;
        if (last.cf)
            return fault(`Call ${n + 1} ended the list with CF = 1, and INT 15h was called again.`, 1);
        if (last.ebx === 0)
            return fault(`Call ${n + 1} returned EBX = 0, the end of the list, and INT 15h was called again: that begins the list anew.`, 1);
        if (last.ebx !== ebx)
            return fault(`Call ${n + 1} returned EBX = ${hex(last.ebx)}, and the next call had EBX = ${hex(ebx)}.`);
    }
    const { cf, ebx } = calls.at(-1).answer;
    return cf === 0 && ebx !== 0 && calls.length < CALLS
        ? fault(`Call ${calls.length} returned EBX = ${hex(ebx)}, so there are more entries, but it was the last one.`) : null;
}

function listFault(run) {
    if (!run.calls.some(isGood))
        return { found: 'The BIOS never reported an entry.', at: run.steps };
    const found = run.exited && run.cf ? 'You returned with CF = 1: that there is no list.' : difference(run);
    return found && { found, at: run.steps };
}

function returnFault({ exited, cf, ax, words, steps }) {
    if (!exited)
        return { found: words, at: steps };
    if (cf)
        return { found: 'CF is 1 at the exit.', at: steps };
    return ax === 0 || ax > MEMORY_MAP_MAX ? { found: `AX is ${ax}, which is not a number of entries.`, at: steps } : null;
}

const needsPlain = (test) => (facts) => (facts.plain.exited && facts.plain.calls.some(isGood) ? test(facts)
    : { found: 'Your program must return from the friendly PC first.' });

function oddFault({ plain, odd }) {
    const start = 'This BIOS changes the registers, DS, ES and DF, and ends the list with CF = 1.';
    if (!odd.exited)
        return { found: `${start} ${odd.words}` };
    if (odd.cf)
        return { found: `${start} After call ${odd.calls.length} your program returned CF = 1, although there were entries.`, hint: 'carry' };
    const chain = allFault(odd);
    if (chain)
        return { found: `${start} ${chain.found}`, hint: 'all' };
    const found = difference(odd);
    const ended = odd.ax === odd.calls.filter(isGood).length + 1;
    return found && !difference(plain) ? { found: `${start} ${found}`, hint: ended ? 'carry' : 'registers' } : null;
}

function lostFault({ lost }) {
    const start = 'This BIOS returned something other than "SMAP" in EAX at the third call.';
    if (!lost.exited)
        return { found: `${start} ${lost.words}` };
    return lost.cf ? null : { found: `${start} Your program returned CF = 0 and ${lost.ax} entries.` };
}

function endlessFault({ plain, endless }) {
    const start = 'This BIOS never ends its list.';
    if (!endless.exited)
        return { found: `${start} ${endless.words}` };
    if (endless.cf)
        return null;                // to report that there is no list is one way out
    if (endless.ax === 0 || endless.ax > MEMORY_MAP_MAX)
        return { found: `${start} AX is ${endless.ax} at the exit, and there is room for ${MEMORY_MAP_MAX}.` };
    const found = difference(endless, { repeats: true });
    return found && !difference(plain) ? { found: `${start} ${found}` } : null;
}

const onPlain = (test) => ({ plain }) => test(plain);

export const checks = [
    { id: 'call', points: 2, name: 'the BIOS is asked for its list', hint: 'call',
        expected: 'INT 15h with EAX = E820h, EDX = 534D4150h ("SMAP"), ECX of at least 20, and EBX = 0 the first time.', test: onPlain(callFault) },
    { id: 'all', points: 2, name: 'it is asked to the end', hint: 'all',
        expected: 'Each call has the EBX that the last one returned, until that is 0 or CF is 1.', test: onPlain(allFault) },
    { id: 'list', points: 2, name: 'the list is what the BIOS reported', hint: 'list',
        expected: 'At 30000h are all entries of the BIOS, 24 bytes each, with attributes 1 where it reported 20 bytes.', test: onPlain(listFault) },
    { id: 'return', points: 1, name: 'it returns with the number of entries', hint: 'return',
        expected: 'RETF with CF = 0 and the number of entries in AX.', test: onPlain(returnFault) },
    { id: 'odd', points: 1, name: 'it also works with another BIOS', hint: 'registers',
        expected: 'The same list, whatever the BIOS changes; the call that returns CF = 1 is not an entry.', test: needsPlain(oddFault) },
    { id: 'smap', points: 1, name: 'a list that is lost is not used', hint: 'smap',
        expected: 'CF = 1 at the exit if EAX was not "SMAP" after a call.', test: needsPlain(lostFault) },
    { id: 'endless', points: 1, name: 'a list without end has one', hint: 'endless',
        expected: 'RETF with at most 512 entries, whatever EBX is.', test: needsPlain(endlessFault) },
];
