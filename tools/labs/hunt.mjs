// The checks of the hunts: a broken boot sector is to be explained and mended.
//
// The explanation lies in the sector itself, as in lab 0: the word at 7DFAh is the vector of the first
// exception of the sector as it was given out, the word at 7DFCh the address of the instruction.
// What is mended is seen in the machine: OK on the screen, and no death.

import { deathInWords, hex, ifStarted, quote, runUntilEnd, startCheck, word } from './watch.mjs';

const LIMIT = 200000;           // instructions: these programs have some hundreds
const ANSWERS = 0x7dfa;

export async function observe(machine) {
    const run = await runUntilEnd(machine, { limit: LIMIT });
    const [vector, address] = new Uint16Array(machine.read(ANSWERS, 4).buffer);
    return { ...run, vector, address, death: run.died && deathInWords(machine, run) };
}

// vector, address: the right answers; mode: in which the mended program ends
export const checksOfHunt = ({ vector, address, mode }) => [
    startCheck(1),
    { id: 'vector', points: 2, name: 'you name the first exception', hint: 'exception',
        expected: 'The word at 7DFAh is the vector of the first exception of the sector as you got it.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.vector === vector ? null
            : { found: `You named vector ${hex(run.vector)}, which was not the first exception.` })) },
    { id: 'address', points: 3, name: 'you name the instruction', hint: 'instruction',
        expected: 'The word at 7DFCh is the address of the instruction that caused it.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.address === address ? null
            : { found: `You named address ${word(run.address)}; the exception was not there.` })) },
    { id: 'mended', points: 4, name: 'the program is mended', hint: 'mend',
        expected: `OK is on the screen, and the CPU waits in the mode that the program has set up (${mode}).`,
        test: ({ plain }) => ifStarted(plain, (run) => whyNotMended(run, mode)) },
];

function whyNotMended(run, mode) {
    if (run.death)
        return { found: `The machine died: ${run.death}.`, at: run.steps - 1 };
    if (!run.shown.join(' ').includes('OK'))
        return { found: run.shown.length ? `New on the screen: ${quote(run.shown.join(' '))}.` : 'Nothing new is on the screen.', at: run.steps };
    return run.state.mode === mode ? null : { found: `OK is on the screen, but the CPU is in the mode ${run.state.mode}.`, at: run.steps, points: 2 };
}
