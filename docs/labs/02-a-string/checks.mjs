// The checks of lab 2: a string on the screen, whatever DS, ES, CS and the direction flag were.

import { callsInWords, hex, ifStarted, lastOwnState, quote, runUntilEnd, startCheck, whyNotAtRest, word } from '../../../tools/labs/watch.mjs';

const LIMIT = 300000;           // instructions: ten times what the string takes
const TEXT = 'Hello from 7C00h';
const JUNK_DS = 0x1234;         // of the odd BIOS
const DF = 1n << 10n;

// a friendly PC, and one that enters the sector as 07C0:0000 with junk in the segments and DF = 1
export const boots = { plain: {}, odd: { bios: { entry_segments: 1, entry_df: 1, entry_segment: 0x7c0 } } };

export async function observe(machine) {
    const run = await runUntilEnd(machine, { limit: LIMIT });
    const notAtRest = whyNotAtRest(machine, run);
    const { segments: { ds, cs }, rflags } = await lastOwnState(machine);
    return { ...run, notAtRest, ds: ds.selector, cs: cs.selector, down: (rflags & DF) !== 0n };
}

const shows = ({ shown }, text) => shown.some((row) => row.includes(text));
const showsMost = (run) => shows(run, TEXT.slice(0, TEXT.length / 2));

const whatIsShown = ({ shown, calls }) => (shown.length ? `New on the screen: ${quote(shown.join(' '))}.`
    : `Nothing new is on the screen; ${callsInWords(calls)}.`);

// What the odd PC shows is wrong for one reason at a time: the first of these that fits
function reason(run) {
    if (showsMost(run))
        return null;
    if (run.ds === JUNK_DS)
        return 'ds';
    return run.down ? 'direction' : 'address';
}

const EXPLAINED = {
    ds: () => 'DS was 1234h, as the BIOS had left it, and still was when your program ended.',
    direction: () => 'The direction flag was 1, as the BIOS had left it, and still was when your program ended: string instructions went downwards.',
    address: ({ ds, cs }) => `Your program ran with CS = ${word(cs)} and ended with DS = ${word(ds)}, whose offset 0 is address ${hex(ds * 16)}.`,
};

// A check of the odd PC: passed if its reason is not the one, and none that hides it
const oddCheck = (mine, hiding) => ({ plain, odd }) => ifStarted(plain, () => {
    const why = reason(odd);
    if (!showsMost(plain))
        return { found: 'The string is not on the friendly PC either, so that this cannot be seen.' };
    if (why === mine)
        return { found: `${EXPLAINED[mine](odd)} ${odd.shown.length ? whatIsShown(odd) : 'Nothing new is on the screen.'}` };
    return hiding.includes(why) ? { found: 'This cannot be seen before the check above passes.' } : null;
});

export const checks = [
    startCheck(1),
    { id: 'text', points: 3, name: 'the string is on the screen', hint: 'text',
        expected: `"${TEXT}" appears on the screen.`,
        test: ({ plain }) => ifStarted(plain, (run) => (shows(run, TEXT) ? null
            : { found: whatIsShown(run), at: run.steps, points: showsMost(run) ? 2 : 0 })) },
    { id: 'only', points: 1, name: 'nothing else is', hint: 'end',
        expected: 'Nothing follows the string.',
        test: ({ plain }) => ifStarted(plain, (run) => (TEXT.includes(run.shown.join('') || '-') ? null : { found: whatIsShown(run), at: run.steps })) },
    { id: 'rest', points: 1, name: 'the CPU stays in your sector', hint: 'rest',
        expected: 'After the string, the program waits in an endless loop.',
        test: ({ plain }) => ifStarted(plain, (run) => (!run.notAtRest && showsMost(run) ? null
            : { found: run.notAtRest ?? 'It waits, but it has not printed the string.', at: run.steps })) },
    { id: 'ds', points: 2, name: 'DS may be anything at the start', hint: 'ds',
        expected: 'The string appears when the BIOS has left 1234h in DS and B800h in ES.', test: oddCheck('ds', []) },
    { id: 'direction', points: 1, name: 'the direction flag may be 1', hint: 'direction',
        expected: 'The string appears when the BIOS has left DF = 1.', test: oddCheck('direction', ['ds']) },
    { id: 'address', points: 1, name: 'CS may be 07C0h', hint: 'address',
        expected: 'The string appears when the BIOS has jumped to 07C0:0000, which is address 7C00h as well.',
        test: oddCheck('address', ['ds', 'direction']) },
];
