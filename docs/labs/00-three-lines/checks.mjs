// The checks of lab 0: three changed lines, and a prediction that the program carries itself.

import { REST, SECTOR, ifStarted, lastOwnState, runUntilEnd, startCheck, word } from '../../../tools/labs/watch.mjs';

const LIMIT = 20000;            // instructions: the program has a handful
const CHANGES = 12;             // of AX, which are looked at
const BEGINS = 0x12f0, ENDS = 0x1210, PREDICTION = 0x7dfc;

export const boots = { plain: {} };

export async function observe(machine) {
    const values = await valuesOfAx(machine);
    const { steps } = await runUntilEnd(machine, { limit: LIMIT });
    const { rax, rdx } = (await lastOwnState(machine)).registers;
    const [low, high] = machine.read(PREDICTION, 2);
    return { values, steps, ax: low16(rax), dx: low16(rdx), prediction: low | high << 8 };
}

const low16 = (value) => Number(value & 0xffffn);

// AX after each of the first changes by the program
async function valuesOfAx(machine) {
    const from = machine.count, values = [];
    for (let change = 0; change < CHANGES; change++) {
        if (!await machine.advance(from + LIMIT, { until: { register: 'rax' }, seconds: REST }))
            break;
        const { linear, registers } = machine.state();
        if (linear >= SECTOR[0] && linear < SECTOR[1])      // not in an interrupt's handler
            values.push(low16(registers.rax));
    }
    await machine.goto(from);
    return values;
}

const began = ({ values }) => values.includes(BEGINS);
const list = (values) => (values.length ? values.map((value) => word(value)).join(', then ') : 'never changed');

function whyNotAdded({ ax, ...facts }) {
    if (!began(facts))
        return `AX was never ${word(BEGINS)}, so that this cannot be seen.`;
    const carried = ax === BEGINS + 0x20 ? ': the carry out of AL went on into AH' : '';
    return `AX ended as ${word(ax)}${carried}.`;
}

function whyNotCopied({ ax, dx }) {
    return `AX ended as ${word(ax)} and DX as ${word(dx)}${dx === BEGINS ? ', the value of AX before the addition' : ''}.`;
}

export const checks = [
    startCheck(1),
    { id: 'begin', points: 2, name: 'AX begins as 12F0h', hint: 'constant',
        expected: 'AX has the value 12F0h.',
        test: ({ plain }) => ifStarted(plain, (run) => (began(run) ? null : { found: `AX: ${list(run.values)}.`, at: 1 })) },
    { id: 'add', points: 3, name: '20h is added to AL only', hint: 'halves',
        expected: 'AL is F0h + 20h = 110h without its ninth bit, and AH stays 12h.',
        test: ({ plain }) => ifStarted(plain, (run) => (began(run) && run.ax === ENDS ? null : { found: whyNotAdded(run), at: 2 })) },
    { id: 'copy', points: 2, name: 'DX is a copy of AX', hint: 'copy',
        expected: 'In the end, DX and AX are equal.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.dx === run.ax ? null : { found: whyNotCopied(run), at: 3 })) },
    { id: 'prediction', points: 2, name: 'your prediction of AX is right', hint: 'prediction',
        expected: 'The word at 7DFCh is what AX is in the end.',
        test: ({ plain }) => ifStarted(plain, (run) => (run.prediction === run.ax ? null
            : { found: `You predicted ${word(run.prediction)}, and AX ended as ${word(run.ax)}.`, at: 3 })) },
];
