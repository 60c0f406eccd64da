// The checks of this hunt: the stack grows down into the second sector.

import { hex, ifStarted, startCheck } from '../../../tools/labs/watch.mjs';
import { aliveOr, causeCheck, runHunt, textCheck } from '../../../tools/labs/cause.mjs';

const LIMIT = 120000, SECOND = 0x8000, SIZE = 512, SUM = 0x600, NUMBERS = 280;
const EXPECTED = NUMBERS * (NUMBERS + 1) / 2 & 0xffff;

export const boots = { plain: {} };

export async function observe(machine) {
    const { count } = machine;
    const arrived = await machine.find({ rip: BigInt(SECOND) }, +1, count + LIMIT);
    const writer = arrived === null ? null : await firstWriter(machine, count, arrived);
    const run = await runHunt(machine, LIMIT);
    const [sum] = new Uint16Array(machine.read(SUM, 2).buffer);
    return { ...run, arrived: arrived !== null, writer, sum };
}

// The instruction that first changes the second sector while it runs, in words; null: none does
async function firstWriter(machine, from, arrived) {
    await machine.goto(arrived);
    const before = machine.read(SECOND, SIZE);
    const changed = await machine.find({ changes: SECOND, length: SIZE }, +1, from + LIMIT);
    if (changed !== null) {
        await machine.goto(changed - 1);
        const { segments, registers } = machine.state();
        const text = machine.instruction().text;
        await machine.goto(changed);
        const now = machine.read(SECOND, SIZE);
        const at = now.findIndex((byte, i) => byte !== before[i]);
        await machine.goto(from);
        return { at: changed - from, text, place: at < 0 ? null : SECOND + at,
            stack: segments.ss.base + (registers.rsp & 0xffffn) };
    }
    await machine.goto(from);
    return null;
}

function intact({ arrived, writer }) {
    if (!arrived)
        return { found: `The CPU never arrived at ${hex(SECOND)}, where the second sector belongs.` };
    return writer && { at: writer.at, found: `"${writer.text}" changed ${writer.place ? `the byte at ${hex(writer.place)}` : 'it'}; `
        + `the stack's top was at ${hex(writer.stack)} before.` };
}

export const checks = [
    startCheck(1),
    causeCheck('e', {
        a: 'the BIOS has read the whole sector: all 512 bytes are right when the CPU arrives at 8000h',
        b: 'the second sector is sector 2 of the track, and that is what was read', c: 'INT 13h returned with the carry flag 0',
        d: 'the text ends with a zero byte on the disk',
    }),
    { id: 'sum', points: 2, name: 'all numbers are added up', hint: 'sum',
        expected: `The word at ${hex(SUM)} is ${EXPECTED}, the sum of 1 to ${NUMBERS}.`,
        test: ({ plain }) => ifStarted(plain, ({ sum, steps }) => (sum === EXPECTED ? null : { found: `It is ${sum}.`, at: steps })) },
    textCheck(2, 'All numbers are added up. Goodbye!', 'the last words are right'),
    { id: 'intact', points: 3, name: 'nothing overwrites the second sector', hint: 'stack',
        expected: `No byte from ${hex(SECOND)} to ${hex(SECOND + SIZE - 1)} changes while the second sector runs.`,
        test: ({ plain }) => ifStarted(plain, (run) => aliveOr(run, intact)) },
];
