// The checks of lab 1: a boot sector that prints the letter A and then stops.

import { callsInWords, callsOf, hex, ifStarted, quote, runUntilEnd, startCheck, whyNotAtRest } from '../../../tools/labs/watch.mjs';

const LIMIT = 200000;       // instructions, a hundred times what a letter takes

// a friendly PC, and one whose BIOS left other values in the registers
export const boots = { plain: {}, odd: { bios: { entry_registers: 1, entry_segments: 1, entry_df: 1 } } };
const ENTRY = 'This BIOS started your sector with BX = CDEFh and DS = 1234h.';

export async function observe(machine) {
    const calls = await callsOf(machine, 0x10, { limit: LIMIT, most: 3 });
    const run = await runUntilEnd(machine, { limit: LIMIT });
    return { ...run, notAtRest: whyNotAtRest(machine, run), otherPage: calls.map(pageOf).find((page) => page) };
}

// The page that function 0Eh was called for; most BIOSes use the one that is shown, some obey
const pageOf = ({ state: { registers: { rax, rbx } } }) => ((rax >> 8n & 0xffn) === 0x0en ? Number(rbx >> 8n & 0xffn) : 0);

const showsLetter = ({ shown }) => shown.join('').includes('A');

const whatIsShown = ({ shown, calls }) => (shown.length ? `New on the screen: ${quote(shown.join(' '))}.`
    : `Nothing new is on the screen; ${callsInWords(calls)}.`);

function afterOtherBios(run) {
    if (!showsLetter(run))
        return { found: `${ENTRY} Nothing like the letter is on the screen.` };
    return run.otherPage ? { found: `${ENTRY} Function 0Eh was then called with BH = ${hex(run.otherPage, 2)}: `
        + 'a BIOS that obeys it prints on a page that is not shown.' } : null;
}

export const checks = [
    startCheck(2),
    { id: 'letter', points: 4, name: 'the letter A is on the screen', hint: 'letter',
        expected: 'The letter A appears on the screen.',
        test: ({ plain }) => ifStarted(plain, (run) => (showsLetter(run) ? null : { found: whatIsShown(run), at: run.steps })) },
    { id: 'once', points: 1, name: 'nothing else is', hint: 'once',
        expected: 'One character appears, no more.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.shown.join('').length === 1 ? null
            : { found: whatIsShown(run), at: run.steps })) },
    { id: 'rest', points: 2, name: 'the CPU stays in your sector', hint: 'rest',
        expected: 'After the letter, the program waits in an endless loop.',
        test: ({ plain }) => ifStarted(plain, (run) => (!run.notAtRest && showsLetter(run) ? null
            : { found: run.notAtRest ?? 'It waits, but it has not printed the letter.', at: run.steps })) },
    { id: 'odd', points: 1, name: 'it also works after another BIOS', hint: 'registers',
        expected: 'The letter appears whatever the BIOS left in the registers.',
        test: ({ plain, odd }) => ifStarted(plain, () => afterOtherBios(odd)) },
];
