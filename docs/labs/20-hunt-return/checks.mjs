// The checks of this hunt: the error code is still on the stack at IRET.

import { hex, ifStarted, startCheck } from '../../../tools/labs/watch.mjs';
import { aliveOr, causeCheck, runHunt, textCheck } from '../../../tools/labs/cause.mjs';

const LIMIT = 30000, PAGES = [0x50000, 0x51000], VALUE = 0x12345678, PAGE_FAULT = 14;
const REGISTERS = ['rax', 'rcx', 'rdx', 'rbx', 'rbp', 'rsi', 'rdi'];

export const boots = { plain: {} };

export async function observe(machine) {
    const run = await runHunt(machine, LIMIT), end = machine.count;
    const faults = machine.events(run.from, end).filter(({ kind, vector }) => kind === 'exception' && vector === PAGE_FAULT);
    const values = PAGES.map((page) => new Uint32Array(machine.read(page, 4).buffer)[0]);
    const mapped = PAGES.map((page) => machine.translate(BigInt(page)) === page);
    let stack = null;
    if (faults.length) {
        await machine.goto(faults[0].count - 1);
        stack = Number(machine.state().registers.rsp & 0xffffffffn);
    }
    return { ...run, faults: faults.length, values, mapped, stack, spoiled: stack === null ? null : await spoiledRegister(machine, run) };
}

// A register that has another value when the instruction that faulted is executed again, in words; null: none
async function spoiledRegister(machine, { from }) {
    const { linear, registers } = machine.state();
    const again = await machine.find({ rip: linear }, +1, from + LIMIT);
    if (again === null)
        return null;
    await machine.goto(again);
    const now = machine.state().registers;
    const name = REGISTERS.find((register) => now[register] !== registers[register]);
    return name ? `${name.toUpperCase().replace('R', 'E')} was ${hex(registers[name])} at the fault, and the handler returned with ${hex(now[name])}` : null;
}

const atEnd = (test) => ({ plain }) => ifStarted(plain, (run) => aliveOr(run, test));

function written({ values, mapped }) {
    const wrong = values.findIndex((value, i) => value !== VALUE || !mapped[i]);
    return wrong < 0 ? null : { found: mapped[wrong] ? `The double word at ${hex(PAGES[wrong])} is ${hex(values[wrong])}.`
        : `The page at ${hex(PAGES[wrong])} is not mapped to itself.` };
}

function sameState({ stack, state, spoiled }) {
    const now = Number(state.registers.rsp & 0xffffffffn);
    if (stack === null)
        return { found: 'There was no page fault to return from.' };
    if (spoiled)
        return { found: `${spoiled}.` };
    return now === stack ? null : { found: `ESP was ${hex(stack)} before the first fault and is ${hex(now)} at the end.` };
}

export const checks = [
    startCheck(1),
    causeCheck('b', {
        a: 'CR2 holds the address of the missing page, and the entry that is written is the right one',
        c: 'the gate of vector 14 leads to the handler, which was executed', d: 'paging is on with the directory at 1000h',
        e: 'the CPU looks at a not-present entry anew, so nothing old is left in the TLB',
    }),
    { id: 'pages', points: 2, name: 'both pages are mapped and written', hint: 'pages',
        expected: `${hex(VALUE)} is at ${PAGES.map((page) => hex(page)).join(' and ')}, and both pages are mapped.`, test: atEnd(written) },
    { id: 'faults', points: 2, name: 'one fault for each page', hint: 'faults',
        expected: 'The CPU raises #PF twice: the pages are mapped when they are used.',
        test: atEnd(({ faults }) => (faults === 2 ? null : { found: `It raised #PF ${faults === 1 ? 'once' : `${faults} times`}.` })) },
    { id: 'stack', points: 2, name: 'the handler leaves no trace', hint: 'stack',
        expected: 'The handler returns with all registers as they were, and at the end ESP is what it was before the first fault.',
        test: atEnd(sameState) },
    textCheck(1, 'OK', '"OK" is on the screen'),
];
