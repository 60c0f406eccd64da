// "Written by": the instant that gave a byte or a register the value that it has.

import { registerNumber } from './pc.js';
import { last } from './find.js';

// The registers that contain the smaller ones
const WHOLE = Object.fromEntries([
    ...['a', 'b', 'c', 'd'].flatMap((letter) => [`e${letter}x`, `${letter}x`, `${letter}l`, `${letter}h`]
        .map((name) => [name, `r${letter}x`])),
    ...['si', 'di', 'bp', 'sp'].flatMap((name) => [[name, `r${name}`], [`e${name}`, `r${name}`], [`${name}l`, `r${name}`]]),
    ['ip', 'rip'], ['eip', 'rip'], ['flags', 'rflags'], ['eflags', 'rflags'],
]);
const LOADS = /^(mov (es|cs|ss|ds|fs|gs),|pop [defgs]s|l[defgs]s |ltr|lldt|call ?far|callf|jmp ?far|jmpf|retf|iret|int|sys)/;

// { count, kind, was, is, function, file, line }, or null: it has been so since the PC was switched on
export async function writer(machine, what, at = machine.count) {
    const { count } = machine;
    try {
        return typeof what === 'string' ? await registerWriter(machine, what, at) : await byteWriter(machine, what, at);
    } finally {
        await machine.travel(count);
    }
}

async function byteWriter(machine, address, at) {
    const hit = await last(machine, { store: [address, address + 1] }, at + 1);
    if (hit === null)
        return null;
    await machine.travel(hit - 1);
    const before = machine.pc.state(), instruction = machine.pc.instruction();
    const [was] = machine.read(address, 1);
    await machine.travel(hit);
    const [is] = machine.read(address, 1);
    const access = machine.last.accesses.findLast(({ address: from, length, kind }) =>
        kind !== 'read' && from <= address && address < from + length);
    return { count: hit, kind: kindOf(access?.kind ?? 'device', before, instruction, address, machine), was, is,
        ...place(machine, before, instruction) };
}

async function registerWriter(machine, name, at) {
    const register = WHOLE[name] ?? name;
    if (registerNumber(register) === undefined)
        throw new Error(`there is no register "${name}"`);
    const always = register === 'rip' || register === 'rflags';
    const hit = always ? (at > 0 ? at : null) : await last(machine, { register }, at + 1);
    if (hit === null)
        return null;
    await machine.travel(hit - 1);
    const before = machine.pc.state(), instruction = machine.pc.instruction();
    const was = machine.pc.register(register);
    await machine.travel(hit);
    const is = machine.pc.register(register);
    const delivered = machine.events(hit - 1, hit).some(({ kind }) => kind === 'interrupt' || kind === 'exception');
    return { count: hit, kind: delivered ? 'cpu' : inRom(before) ? 'bios rom' : 'instruction', was, is,
        ...place(machine, before, instruction) };
}

function kindOf(kind, before, instruction, address, machine) {
    if (kind === 'instruction' && inTables(before, address, machine) && LOADS.test(instruction.text))
        return 'cpu'; // the Accessed bit of a descriptor, or a busy TSS: the instruction does not name that byte
    return kind === 'instruction' && inRom(before) ? 'bios rom' : kind;
}

function inTables({ gdtr, segments }, address, machine) {
    const tables = [gdtr, segments.ldtr];
    return tables.some(({ base, limit }) => {
        for (let page = base; page <= base + BigInt(limit); page += 4096n - page % 4096n) {
            const physical = machine.translate(page);
            const end = Math.min(4096 - Number(page % 4096n), Number(base + BigInt(limit) - page) + 1);
            if (physical !== null && address >= physical && address < physical + end)
                return true;
        }
        return false;
    });
}

const inRom = ({ linear }) => (linear >= 0xc0000n && linear < 0x100000n) || linear >= 0xfffe0000n && linear <= 0xffffffffn;

function place(machine, { rip, linear }, { text }) {
    return { rip, linear, instruction: text, ...machine.symbols?.at?.(linear) };
}
