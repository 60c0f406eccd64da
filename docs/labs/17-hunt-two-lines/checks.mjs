// The checks of this hunt: the sector's data lie elsewhere than the program believes.

import { hex, ifStarted, startCheck } from '../../../tools/labs/watch.mjs';
import { aliveOr, causeCheck, runHunt, shows, whatIsSeen } from '../../../tools/labs/cause.mjs';

const LIMIT = 100000, VECTORS = 0x400;
const LINES = ['This is the first line.', 'Lines before this one: 1'];

export const boots = { plain: {}, odd: { bios: { entry_segment: 0x7c0, entry_segments: 1, entry_df: 1 } } };

export async function observe(machine) {
    const vectors = machine.read(0, VECTORS);
    const run = await runHunt(machine, LIMIT);
    return { ...run, changed: machine.read(0, VECTORS).findIndex((byte, i) => byte !== vectors[i]) };
}

const bothLines = (run) => (LINES.every((line) => shows(run, line)) ? null : { found: whatIsSeen(run), at: run.steps });

export const checks = [
    startCheck(1),
    causeCheck('c', {
        a: 'the direction flag is 0 when LODSB reads', b: 'INT 10h is called with BH = 0 and prints what AL holds',
        d: 'the stack lies below 7C00h, and nothing overwrites the texts', e: 'each text ends with a zero byte',
    }),
    { id: 'text', points: 3, name: 'both lines are on the screen', hint: 'text',
        expected: `The lines are "${LINES[0]}" and "${LINES[1]}".`, test: ({ plain }) => ifStarted(plain, bothLines) },
    { id: 'vectors', points: 2, name: 'the interrupt vectors are untouched', hint: 'vectors',
        expected: 'The program writes to its own data only.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.changed < 0 ? null : {
            found: `The byte at ${hex(run.changed)} has changed: it belongs to the vector of INT ${hex(run.changed >> 2)}.`, at: run.steps })) },
    { id: 'odd', points: 2, name: 'it also works if the BIOS starts at 07C0:0000', hint: 'segments',
        expected: 'Both lines appear on a PC that starts the sector at 07C0:0000 with DS = 1234h, and the vectors stay.',
        test: ({ plain, odd }) => ifStarted(plain, () => (bothLines(plain) ? { found: 'It does not work on the friendly PC yet.' }
            : aliveOr(odd, (run) => bothLines(run) ?? (run.changed < 0 ? null : { found: `The byte at ${hex(run.changed)} has changed.` })))) },
];
