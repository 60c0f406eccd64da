// The checks of lab 21: the gate on address line 20, opened in real mode.

import { carried, gotoLink, runCalled, STACK_BOTTOM, STACK_TOP, STUDENT_ADDRESS } from '../../../tools/labs/links.mjs';
import { hex } from '../../../tools/labs/watch.mjs';

const LIMIT = 4e5;          // instructions; waiting for gates that do not open takes some
const FILE = 'a20.asm';
// what has to be the same after the link; the BIOS has its data in between
const KEPT = [[0x0, 0x400], [0x500, STACK_BOTTOM], [STACK_TOP, STUDENT_ADDRESS]];

export const boots = {
    plain: {},
    fails: { bios: { a20_fails: 1 } },
    lies: { bios: { a20_lies: 1, junk_registers: 2, junk_ds: 2, junk_es: 2, returns_df: 2 } },
};
export const bases = { [FILE]: STUDENT_ADDRESS };
export const image = (parts) => carried(parts['carrier.asm'].bytes, parts[FILE].bytes);

export async function observe(machine) {
    const mbr = machine.count;
    await gotoLink(machine);
    if (machine.state().a20)
        throw new Error('the carrier has not closed A20');
    const first = await call(machine, mbr);
    return { ...first, second: first.exited && !first.cf && await gotoLink(machine) ? await call(machine, mbr) : null };
}

async function call(machine, mbr) {
    const before = memory(machine);
    const run = await runCalled(machine, { limit: LIMIT, mbr });
    const after = memory(machine);
    return { ...run, open: run.state.a20, cf: Number(run.state.rflags & 1n), changed: run.exited ? difference(before, after) : null };
}

const memory = (machine) => KEPT.map(([from, to]) => machine.read(from, to - from).slice());

// The first address whose byte has changed, and both bytes
function difference(before, after) {
    for (const [n, [from]] of KEPT.entries()) {
        const at = before[n].findIndex((byte, i) => byte !== after[n][i]);
        if (at >= 0)
            return { at: from + at, was: before[n][at], is: after[n][at] };
    }
    return null;
}

// ---- what each check found

const gate = (open) => (open ? 'open' : 'closed');

function openFault({ exited, open, words, steps }) {
    if (exited && open)
        return null;
    return { found: exited ? 'A20 is closed at your exit.' : `${words} A20 is ${gate(open)}.`, at: steps };
}

function returnFault({ exited, open, cf, words, steps }) {
    if (!exited)
        return { found: words, at: steps };
    return open && cf ? { found: 'CF is 1 at the exit, although A20 is open.', points: 1, at: steps }
        : !open && !cf ? { found: 'CF is 0 at the exit, although A20 is closed.', points: 1, at: steps } : null;
}

function againFault({ exited, second, steps }) {
    if (!second)
        return { found: exited ? 'The first call did not return with CF = 0, so there was no second one.' : 'The first call did not return.', at: steps };
    if (!second.exited)
        return { found: `At the second call: ${second.words}`, at: second.steps };
    return second.open && !second.cf ? null
        : { found: `The second call began with A20 open and ended with A20 ${gate(second.open)} and CF = ${second.cf}.`, at: second.steps };
}

function memoryFault({ exited, changed, second, steps }) {
    if (!exited)
        return { found: 'Your program never came to its exit.', at: steps };
    const wrong = changed ?? second?.changed;
    return wrong ? { found: `The byte at ${hex(wrong.at)} was ${hex(wrong.was, 2)} and is ${hex(wrong.is, 2)}.`, at: changed ? steps : second.steps } : null;
}

function oddFault(name, story) {
    return ({ plain, [name]: run }) => {
        if (!plain.exited || !plain.open)
            return { found: 'Your program must open the gate of the friendly PC first.' };
        if (!run.exited)
            return { found: `${story} ${run.words}` };
        return run.open && !run.cf ? null : { found: `${story} Your program returned CF = ${run.cf}, and A20 is ${gate(run.open)}.` };
    };
}

const onPlain = (test) => ({ plain }) => test(plain);

export const checks = [
    { id: 'open', points: 3, name: 'the gate is open', hint: 'open', expected: 'A20 is open at the exit.', test: onPlain(openFault) },
    { id: 'return', points: 2, name: 'it returns and says so', hint: 'return', expected: 'RETF with CF = 0 if A20 is open, and CF = 1 if it is not.',
        test: onPlain(returnFault) },
    { id: 'again', points: 1, name: 'an open gate stays open', hint: 'again', expected: 'A second call, with A20 open, ends with A20 open and CF = 0.',
        test: onPlain(againFault) },
    { id: 'memory', points: 1, name: 'memory is as it was', hint: 'memory', expected: 'What is not yours has the same bytes as before.',
        test: onPlain(memoryFault) },
    { id: 'fails', points: 1, name: 'it also works without the BIOS', hint: 'fails', expected: 'A20 is open and CF is 0 on a BIOS that does not know AX = 2401h.',
        test: oddFault('fails', 'This BIOS does not know AX = 2401h.') },
    { id: 'lies', points: 2, name: 'it believes memory and not the BIOS', hint: 'lies', expected: 'A20 is open and CF is 0 on a BIOS that only says so.',
        test: oddFault('lies', 'This BIOS reports success, does nothing, and changes registers, DS, ES and DF.') },
];
