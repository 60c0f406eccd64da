// What the checks of the hunts share: the letter that names the cause, the machine's end, and words.

import { deathInWords, hex, ifStarted, newText, quote, REST } from './watch.mjs';

export const ANSWER = 0x7dfd;           // the byte before 55h AAh

// The letter of the cause.  `against` says for wrong letters what the machine shows instead
export const causeCheck = (right, against) => ({
    id: 'cause', points: 2, name: 'the cause is named', hint: 'cause',
    expected: 'The byte before 55h AAh is the letter of the cause.',
    test: ({ plain }) => ifStarted(plain, ({ answer }) => (answer === right ? null : {
        found: against[answer] ? `You answered ${answer}, but ${against[answer]}.` : `The byte before 55h AAh is ${quote(answer)}, not one of the letters.`,
    })),
});

// Runs from the first instruction for at most `limit` instructions, or until it rests or dies.  The facts of a hunt
export async function runHunt(machine, limit) {
    const from = machine.count, before = machine.screen();
    const answer = String.fromCharCode(machine.read(ANSWER, 1)[0]);
    await machine.advance(from + limit, { seconds: REST });
    return { answer, ...factsAtEnd(machine, from, before) };
}

export function factsAtEnd(machine, from, before) {
    const state = machine.state();
    const died = state.dead && state.dead.reason !== 'halted with interrupts disabled' ? state.dead : null;
    return {
        from, steps: machine.count - from, state, shown: newText(before, machine.screen()),
        death: died ? deathInWords(machine, { died }) : null,
    };
}

export const shows = (run, text) => run.shown.some((line) => line.includes(text));

// What is to be seen instead of what should have been
export const whatIsSeen = ({ death, shown }) => (death ? `The machine died: ${death}.`
    : shown.length ? `New on the screen: ${quote(shown.join(' / '))}.` : 'Nothing new is on the screen.');

// A check of the screen's text at the end
export const textCheck = (points, text, name) => ({
    id: 'text', points, name, hint: 'text', expected: `${quote(text)} is on the screen.`,
    test: ({ plain }) => ifStarted(plain, (run) => (shows(run, text) && !run.death ? null : { found: whatIsSeen(run), at: run.steps })),
});

export const aliveOr = (run, test) => (run.death ? { found: `The machine died: ${run.death}.`, at: run.steps } : test(run));

export const selectorInWords = ({ selector, base, limit }) => `${hex(selector)} (base ${hex(base)}, limit ${hex(limit)})`;
