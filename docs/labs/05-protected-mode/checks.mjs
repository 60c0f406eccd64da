// The checks of lab 5: from real mode to flat 32-bit segments.

import { carried, gotoLink, isFlat, notFlat, runToExit, setting, STACK_TOP, STUDENT_ADDRESS, STUDENT_END, table,
    whyNoExit } from '../../../tools/labs/links.mjs';
import { hex } from '../../../tools/labs/watch.mjs';

const LIMIT = 20000;        // instructions; the switch takes about twenty
const PE = 0n, DF = 10n, FILE = 'protected_mode.asm';

// a friendly PC, and one whose BIOS left other values in registers and flags
export const boots = { plain: {}, odd: { bios: { entry_registers: 1, entry_segments: 1, entry_df: 1 } } };
export const bases = { [FILE]: STUDENT_ADDRESS };
export const image = (parts) => carried(parts['carrier.asm'].bytes, parts[FILE].bytes);

export async function observe(machine) {
    const mbr = machine.count;
    await gotoLink(machine);
    const entry = machine.state();
    const exit = entry.registers.rbx & 0xffffffffn;
    const run = await runToExit(machine, { exit, limit: LIMIT, mbr });
    const gdt = table(machine, run.state.gdtr);
    const words = whyNoExit(machine, run);
    const pe = setting(run.events, 'cr0', PE);
    return { ...run, entry, exit, gdt, words, pe: pe && await atSwitch(machine, pe.count), jump: await farJump(machine, run) };
}

// The machine when CR0.PE was set
async function atSwitch(machine, count) {
    const end = machine.count;
    await machine.goto(count);
    const { interrupts, gdtr } = machine.state();
    await machine.goto(end);
    return { count, interrupts, gdtr };
}

// The instruction that made the first exception after the switch, if it was a far jump
async function farJump(machine, { events, state }) {
    const fault = events.find(({ kind }) => kind === 'exception');
    if (!fault || state.mode === 'prot32')
        return null;
    const end = machine.count;
    await machine.goto(fault.count - 1);
    const text = machine.instruction(machine.state().linear).text;
    await machine.goto(end);
    return /^(jmpf|jmp far|retf|iret)/i.test(text) || /^jmp.*:/i.test(text) ? { text, ...fault } : null;
}

const inOwnArea = ({ base }) => base >= BigInt(STUDENT_ADDRESS) && base < BigInt(STUDENT_END);
const sameTable = (one, other) => one.base === other.base && one.limit === other.limit;
const isCode32 = (entry) => isFlat(entry) && entry.code && entry.wide && !entry.long;
const isData = (entry) => isFlat(entry) && entry.writable;

// ---- what each check found

function gdtFault({ entry, state, pe, gdt, steps }) {
    const gdtr = pe?.gdtr ?? state.gdtr;
    const { base, limit } = gdtr;
    const fault = (found, points = 0, hint = 'gdtr') => ({ found, points, hint, at: steps });
    if (sameTable(gdtr, entry.gdtr))
        return fault(`GDTR was never loaded: it still holds what the BIOS left, base ${hex(base)} and limit ${hex(limit)}.`);
    if (!inOwnArea(gdtr))
        return fault(`GDTR's base is ${hex(base)}, and your program lies from ${hex(STUDENT_ADDRESS)} to ${hex(STUDENT_END)}. `
            + 'GDTR holds a linear address, not an offset in a segment.');
    if ((limit + 1) % 8)
        return fault(`GDTR's limit is ${hex(limit)}, which is the offset of the last byte: that would be a table of ${limit + 1} bytes, and a descriptor has 8.`, 1, 'limit');
    const missing = [[isCode32, '32-bit code'], [isData, 'data']].filter(([is]) => !gdt.some(is)).map(([, name]) => name);
    return missing.length ? fault(`Within GDTR's limit of ${hex(limit)} there is no flat descriptor for ${missing.join(' and none for ')}; `
        + `there are ${gdt.map(descriptorInWords).join('; ')}.`, 1, 'descriptor') : null;
}

function descriptorInWords({ selector, base, limit, code, wide, long, present, memory, empty }) {
    if (empty)
        return `${hex(selector)}: null`;
    const kind = !memory ? 'system' : code ? `${long ? '64' : wide ? '32' : '16'}-bit code` : 'data';
    return `${hex(selector)}: ${present ? '' : 'not present, '}${kind}, base ${hex(base)}, limit ${hex(limit)}`;
}

const peFault = ({ pe, words, steps }) => (pe ? null : { found: `CR0.PE was never set. ${words}`, at: steps });

function interruptFault({ pe, state, exited, steps }) {
    if (!pe)
        return { found: 'CR0.PE was never set.', at: steps };
    if (pe.interrupts)
        return { found: 'IF was 1 when CR0.PE was set: an interrupt between here and an IDT would end in a triple fault.', at: steps };
    return exited && state.interrupts ? { found: 'IF is 1 at the exit.', at: steps } : null;
}

function farFault({ pe, state, jump, gdt, words, steps }) {
    const fault = (found) => ({ found, at: steps });
    if (!pe)
        return fault('CR0.PE was never set, so no jump could reach 32-bit code.');
    if (state.mode === 'prot32')
        return null;
    if (jump)
        return fault(`The far jump "${jump.text}" went to ${selectorInWords(jump.text, gdt, pe.gdtr)}. ${words}`);
    const cs = state.segments.cs;
    return fault(`CS was not loaded with a 32-bit code segment after CR0.PE was set: it is ${hex(cs.selector)}, and the CPU still decodes 16-bit code. ${words}`);
}

function selectorInWords(text, gdt, { limit }) {
    const selector = parseInt(/0x([0-9a-f]+):/.exec(text)?.[1] ?? '0', 16);
    if (selector < 4)
        return `selector ${hex(selector)}, the null descriptor`;
    const entry = gdt.find((one) => one.selector === (selector & ~7));
    return entry ? `selector ${hex(selector)} (${descriptorInWords(entry)})` : `selector ${hex(selector)}, which is beyond the table's limit of ${hex(limit)}`;
}

const DATA = ['ds', 'es', 'ss', 'fs', 'gs'];

function dataFault({ state, exited, words, steps }) {
    if (state.mode !== 'prot32')
        return { found: 'The CPU was never in 32-bit code that could load them.', at: steps };
    const wrong = DATA.map((name) => notFlat(name.toUpperCase(), state.segments[name])).filter(Boolean);
    return wrong.length ? { found: `${wrong.join('; ')}.${exited ? '' : ` ${words}`}`, at: steps } : null;
}

function exitFault({ exited, exit, entry, state, words, steps }) {
    if (!exited)
        return { found: `${state.mode === 'prot32' ? `${words} ` : ''}The CPU never came to ${hex(exit)}, which EBX held at your first instruction.`, at: steps };
    const { rsp, rdx } = state.registers;
    const wrong = [];
    if (rsp !== BigInt(STACK_TOP))
        wrong.push(`ESP is ${hex(rsp)}`);
    if (rdx !== entry.registers.rdx)
        wrong.push(`EDX is ${hex(rdx)}; at your first instruction it was ${hex(entry.registers.rdx)}`);
    return wrong.length ? { found: `${wrong.join('; ')}.`, at: steps } : null;
}

const ODD = 'This BIOS left DF = 1, DS = 1234h, ES = B800h and other values in the general registers.';

function oddFault({ plain, odd }) {
    if (!plain.exited)
        return { found: 'Your program must come to its exit on the friendly PC first.' };
    if (!odd.exited)
        return { found: `${ODD} ${odd.words}`, hint: 'odd' };
    if (odd.state.rflags >> DF & 1n)
        return { found: `${ODD} DF is still 1 at the exit, and the C code that follows needs 0.` };
    for (const test of [dataFault, interruptFault, exitFault])
        if (test(odd) && !test(plain))      // what fails on the friendly PC as well has lost its points there
            return { found: `${ODD} ${test(odd).found}` };
    return null;
}

const onPlain = (test) => ({ plain }) => test(plain);

export const checks = [
    { id: 'gdt', points: 2, name: 'GDTR describes your table', hint: 'gdtr',
        expected: 'GDTR: the linear address of your table and the offset of its last byte; in it, flat 32-bit code and flat data.',
        test: onPlain(gdtFault) },
    { id: 'interrupts', points: 1, name: 'no interrupt can come in between', hint: 'interrupts',
        expected: 'IF = 0 from before CR0.PE is set to the exit.', test: onPlain(interruptFault) },
    { id: 'pe', points: 1, name: 'CR0.PE is set', hint: 'pe', expected: 'Bit 0 of CR0 becomes 1.', test: onPlain(peFault) },
    { id: 'far', points: 2, name: 'CS is a 32-bit code segment', hint: 'far',
        expected: 'CS is loaded with the selector of your 32-bit code descriptor.', test: onPlain(farFault) },
    { id: 'data', points: 2, name: 'the data segments are flat', hint: 'data',
        expected: 'DS, ES, SS, FS and GS have base 0 and limit FFFFFFFFh at the exit.', test: onPlain(dataFault) },
    { id: 'exit', points: 1, name: 'it goes on where it was told to', hint: 'exit',
        expected: `The CPU comes to the address that was in EBX, with ESP = ${hex(STACK_TOP)} and EDX as it was.`, test: onPlain(exitFault) },
    { id: 'odd', points: 1, name: 'it also works after another BIOS', hint: 'odd',
        expected: 'The same exit, with DF = 0, whatever was in the registers.', test: oddFault },
];
