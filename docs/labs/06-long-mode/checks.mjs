// The checks of lab 6: page tables, and from 32-bit protected mode to 64-bit mode.

import { carried, gotoLink, PAGE_TABLES_ADDRESS, PAGE_TABLES_PAGES, runToExit, setting, STACK_TOP, STUDENT_ADDRESS, STUDENT_END,
    whyNoExit } from '../../../tools/labs/links.mjs';
import { Tables } from '../../../tools/labs/page_walk.mjs';
import { hex } from '../../../tools/labs/watch.mjs';

const LIMIT = 2000000;      // instructions and iterations of REP; clearing and filling the tables takes 20,000
const PAE = 5n, PG = 31n, LME = 8n, FILE = 'long_mode.asm';
const PAGE = 0x1000, LARGE = 0x200000n, GIB = 1n << 30n, HIGH = 0xffffffff80000000n;

export const boots = { plain: {} };
export const bases = { [FILE]: STUDENT_ADDRESS };
export const image = (parts) => carried(parts['carrier.asm'].bytes, parts[FILE].bytes);

export async function observe(machine) {
    const mbr = machine.count;
    await gotoLink(machine);
    const entry = machine.state();
    const exit = new BigUint64Array(machine.read(Number(entry.registers.rbx), 8).buffer)[0];
    const run = await runToExit(machine, { exit, limit: LIMIT, mbr });
    const tables = new Tables(machine, run.state.cr3);
    return { ...run, entry, exit, words: whyNoExit(machine, run), paging: await atPaging(machine, run),
        low: firstWrong(tables, 0n, 4n * GIB), high: firstWrong(tables, HIGH, 2n * GIB), used: [...tables.used] };
}

// The control bits when CR0.PG was set, or when the attempt to set it raised an exception
async function atPaging(machine, { events, state }) {
    const set = setting(events, 'cr0', PG);
    const refused = !set && state.dead?.chain.length ? await refusedPaging(machine) : false;
    return { on: set !== undefined, refused, pae: (state.cr4 >> PAE & 1n) === 1n, lme: (state.efer >> LME & 1n) === 1n };
}

// Whether the instruction that raised the last exceptions was a write to CR0
async function refusedPaging(machine) {
    const end = machine.count;
    await machine.goto(end - 1);
    const { text } = machine.instruction(machine.state().linear);
    await machine.goto(end);
    return /^mov cr0/i.test(text);
}

// The first 2 MiB from `linear` on, of `length` bytes, that are not mapped, writable, to physical 0 on; null if all are
function firstWrong(tables, linear, length) {
    for (let offset = 0n; offset < length; offset += LARGE)
        for (const at of [offset, offset + LARGE - 1n]) {
            const walk = tables.walk(linear + at);
            if (walk.physical !== at || !walk.writable)
                return { linear: linear + at, expected: at, ...walk };
        }
    return null;
}

// ---- what each check found

const NOT_ON = 'CR0.PG was never set, so paging is off and long mode never began.';

function cr3Fault({ state, used, steps }) {
    const { cr3 } = state;
    const fault = (found) => ({ found, at: steps });
    if (cr3 === 0n)
        return fault('CR3 is 0: it was never loaded.');
    if (cr3 & 0xfffn)
        return fault(`CR3 is ${hex(cr3)}, which is not a multiple of 1000h. The CPU takes bits 0 to 11 for flags, so it looks for the PML4 at ${hex(cr3 & ~0xfffn)}.`);
    const outside = used.find((page) => !isYours(page));
    return outside === undefined ? null : fault(outside === Number(cr3) ? `CR3 is ${hex(cr3)}, where no table of yours can be.`
        : `An entry points to a table at ${hex(outside)}, which is not in the memory that you may use.`);
}

const isYours = (page) => (page >= PAGE_TABLES_ADDRESS && page < PAGE_TABLES_ADDRESS + PAGE_TABLES_PAGES * PAGE)
    || (page >= STUDENT_ADDRESS && page < STUDENT_END);

function bitFault(bit, name, effect) {
    return ({ paging, words, steps }) => (paging[bit] ? null
        : { found: paging.refused ? `${name} was 0 when CR0.PG was to be set: ${effect} ${words}`
            : `${name} is 0${paging.on ? `, although CR0.PG is set: ${effect} ${words}` : '. CR0.PG was never set either.'}`, at: steps });
}

function pagingFault({ paging, words, steps }) {
    if (paging.on)
        return null;
    return { found: paging.refused ? `The write to CR0 that sets PG was refused. ${words}` : `CR0.PG was never set. ${words}`, at: steps };
}

function mapFault(what) {
    return (run) => {
        const wrong = run[what];
        if (run.state.cr3 === 0n)
            return { found: 'CR3 is 0, so there are no tables.', at: run.steps };
        const half = what === 'low' && wrong?.linear >= GIB ? 1 : 0;      // something is mapped right
        return wrong && { found: `${hex(wrong.linear)} ${wrong.why ?? `is translated to ${hex(wrong.physical)}`}; `
            + `it should lead to ${hex(wrong.expected)}. CR3 is ${hex(run.state.cr3)}.`, points: half, at: run.steps };
    };
}

function codeFault({ state, paging, words, steps }) {
    const fault = (found) => ({ found, at: steps });
    if (!paging.on)
        return fault(NOT_ON);
    if (state.mode === 'long64')
        return null;
    const { selector, access } = state.segments.cs;
    const bits = `L = ${access >> 13n & 1n} and D = ${access >> 14n & 1n}`;
    return fault(state.mode === 'long32' ? `The CPU is in compatibility mode: CS is ${hex(selector)} with ${bits}. ${words}`
        : `The CPU is not in long mode: CS is ${hex(selector)} with ${bits}, and EFER.LMA is ${state.efer >> 10n & 1n}. ${words}`);
}

function exitFault({ exited, exit, entry, state, words, steps }) {
    if (!exited || state.mode !== 'long64')
        return { found: `${state.mode === 'long64' ? `${words} ` : ''}The CPU never came to ${hex(exit)} in 64-bit mode.`, at: steps };
    const { rsp, rdx } = state.registers;
    const low = (value) => value & 0xffffffffn;
    const wrong = [];
    if (rsp !== BigInt(STACK_TOP))
        wrong.push(`RSP is ${hex(rsp)}`);
    if (low(rdx) !== low(entry.registers.rdx))
        wrong.push(`EDX is ${hex(low(rdx))}; at your first instruction it was ${hex(low(entry.registers.rdx))}`);
    if (state.interrupts)
        wrong.push('IF is 1, and there is no IDT');
    return wrong.length ? { found: `${wrong.join('; ')}.`, at: steps } : null;
}

const onPlain = (test) => ({ plain }) => test(plain);

export const checks = [
    { id: 'pae', points: 1, name: 'CR4.PAE is set', hint: 'pae', expected: 'CR4.PAE is 1 before CR0.PG is set.',
        test: onPlain(bitFault('pae', 'CR4.PAE', 'long mode needs entries of 64 bits.')) },
    { id: 'lme', points: 1, name: 'EFER.LME is set', hint: 'lme', expected: 'EFER.LME is 1 before CR0.PG is set.',
        test: onPlain(bitFault('lme', 'EFER.LME', 'that would be the paging of 32-bit programs, which reads your tables in another way.')) },
    { id: 'cr3', points: 1, name: 'CR3 points to your tables', hint: 'cr3',
        expected: 'CR3 is the address of your PML4, a multiple of 1000h.', test: onPlain(cr3Fault) },
    { id: 'identity', points: 2, name: '0 to 4 GiB are mapped to themselves', hint: 'identity',
        expected: 'Every address below 4 GiB is translated to itself and can be written.', test: onPlain(mapFault('low')) },
    { id: 'high', points: 1, name: 'the upper part is mapped', hint: 'high',
        expected: 'FFFFFFFF80000000h and the 2 GiB from there on lead to physical 0 on and can be written.', test: onPlain(mapFault('high')) },
    { id: 'paging', points: 1, name: 'CR0.PG is set', hint: 'paging', expected: 'CR0.PG becomes 1, and the machine goes on.',
        test: onPlain(pagingFault) },
    { id: 'code64', points: 2, name: 'CS is a 64-bit code segment', hint: 'code64',
        expected: 'CS is loaded from a descriptor with L = 1 and D = 0.', test: onPlain(codeFault) },
    { id: 'exit', points: 1, name: 'it goes on where it was told to', hint: 'exit',
        expected: `The CPU comes to the address in the 8 bytes, with RSP = ${hex(STACK_TOP)} and EDX as it was.`, test: onPlain(exitFault) },
];
