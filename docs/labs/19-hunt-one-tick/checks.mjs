// The checks of this hunt: the PIC was never told that the interrupt is over.

import { hex, ifStarted, startCheck } from '../../../tools/labs/watch.mjs';
import { aliveOr, causeCheck, factsAtEnd } from '../../../tools/labs/cause.mjs';

const TICKS_PER_SECOND = 50e6, SECONDS = 0.3, MOST = 20e6;     // guest time, and instructions within it
const BUSY = 100000;            // instructions between two looks at the clock if the CPU never waits
const VECTOR = 0x20, ENOUGH = 20;      // of the 30 ticks that are due
const ANSWER = 0x7dfd;

export const boots = { plain: {} };

export async function observe(machine) {
    const from = machine.count, before = machine.screen();
    const answer = String.fromCharCode(machine.read(ANSWER, 1)[0]);
    await pass(machine, from);
    const run = factsAtEnd(machine, from, before), end = machine.count;
    const interrupts = machine.events(from, end).filter(({ kind, hardware }) => kind === 'interrupt' && hardware);
    const ticks = interrupts.filter(({ vector }) => vector === VECTOR);
    const dots = run.shown.join('').split('.').length - 1;
    return { ...run, answer, dots, ticks: ticks.length, other: interrupts.find(({ vector }) => vector !== VECTOR) ?? null,
        stacks: ticks.length > ENOUGH ? [await stackAt(machine, ticks[1]), await stackAt(machine, ticks.at(-1))] : null };
}

// Lets guest time pass, in which a halted CPU takes few steps and a busy one many
async function pass(machine, from) {
    const until = machine.state().ticks + SECONDS * TICKS_PER_SECOND;
    for (;;) {
        const { ticks, dead } = machine.state();
        if (ticks >= until || dead || machine.count - from > MOST)
            return;
        await machine.advance(machine.count + BUSY, { seconds: (until - ticks) / TICKS_PER_SECOND });
    }
}

async function stackAt(machine, { count }) {
    await machine.goto(count);
    return Number(machine.state().registers.rsp & 0xffffffffn);
}

const atEnd = (test) => ({ plain }) => ifStarted(plain, (run) => aliveOr(run, test));

function comes({ ticks, dots, other }) {
    if (other)
        return { found: `The PIC delivered vector ${hex(other.vector, 2)}; only ${hex(VECTOR, 2)} has a gate.` };
    return ticks >= ENOUGH ? null : { found: `In ${SECONDS} seconds, the timer's interrupt came ${ticks === 1 ? 'once' : `${ticks} times`}`
        + `; ${dots} dot${dots === 1 ? ' is' : 's are'} on the screen.` };
}

export const checks = [
    startCheck(1),
    causeCheck('f', {
        a: 'IF is 1 while the program waits', b: 'line 0 is not masked: the first tick came through it',
        c: 'the timer counts on, 100 times a second', d: 'the gate leads to the handler: the first dot is there',
        e: 'IRETD takes the three double words that the CPU pushed, and HLT is executed again',
    }),
    { id: 'ticks', points: 3, name: 'the ticks come', hint: 'ticks', expected: `At least ${ENOUGH} interrupts of the timer come in ${SECONDS} seconds.`,
        test: atEnd(comes) },
    { id: 'dots', points: 2, name: 'a dot for each tick', hint: 'dots', expected: 'As many dots are on the screen as interrupts came.',
        test: atEnd(({ ticks, dots }) => (ticks > 1 && Math.abs(dots - ticks) <= 1 ? null
            : { found: `${ticks} interrupt${ticks === 1 ? '' : 's'} came, and ${dots} dot${dots === 1 ? ' is' : 's are'} on the screen.` })) },
    { id: 'stack', points: 2, name: 'each handler returns', hint: 'return', expected: 'The stack is as deep at the last tick as at the second.',
        test: atEnd(({ stacks }) => (!stacks ? { found: 'Too few ticks came to tell.' } : Math.abs(stacks[0] - stacks[1]) < 64 ? null
            : { found: `ESP was ${hex(stacks[0])} at the second tick and ${hex(stacks[1])} at the last one.` })) },
];
