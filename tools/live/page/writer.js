// "Written by": the instant at which a byte or a register got its current value.

import { registerNumber } from './pc.js';
import { last } from './find.js';
import { wasWritten } from './snapshots.js';
import { lastStore } from './stores.js';

// The registers that contain the smaller ones
const WHOLE = Object.fromEntries([
    ...['a', 'b', 'c', 'd'].flatMap((letter) => [`e${letter}x`, `${letter}x`, `${letter}l`, `${letter}h`]
        .map((name) => [name, `r${letter}x`])),
    ...['si', 'di', 'bp', 'sp'].flatMap((name) => [[name, `r${name}`], [`e${name}`, `r${name}`], [`${name}l`, `r${name}`]]),
    ['ip', 'rip'], ['eip', 'rip'], ['flags', 'rflags'], ['eflags', 'rflags'],
]);
const LOADS = /^(mov (es|cs|ss|ds|fs|gs),|pop [defgs]s|l[defgs]s |ltr|lldt|call ?far|callf|jmp ?far|jmpf|retf|iret|int|sys)/;

// { count, kind, was, is, linear, function, file, line }, or null: unchanged since the PC was switched on
export async function writer(machine, what, at = machine.count) {
    const { count } = machine;
    await machine.travel(at);
    const is = typeof what === 'string' ? null : machine.read(what, 1)[0];
    const found = typeof what === 'string' ? await registerWriter(machine, what, at) : await byteWriter(machine, what, at);
    if (machine.count !== count)
        await machine.travel(count);
    return poked(machine, what, at, found) ?? (found && { is, ...found });
}

// A "what if" is also a writer
function poked({ timeline }, what, at, found) {
    const own = timeline.inputs.findLast(({ kind, count, register, address, bytes }) => kind === 'poke' && count <= at
        && count >= (found?.count ?? 0) && (register ? register === (WHOLE[what] ?? what) : what >= address && what < address + bytes.length));
    return own && { count: own.count, kind: 'what if', was: found?.is ?? null, is: own.register ? BigInt(own.value) : own.bytes[what - own.address] };
}

async function byteWriter(machine, address, at) {
    const { snapshots } = machine;
    for (let place = snapshots.before(at); place >= 0; place--) {
        const from = snapshots.list[place].count, next = snapshots.list[place + 1];
        if (next && !wasWritten(next.index, address, address + 1))
            continue;
        const store = lastStore(await machine.stores.of(machine, from, next?.count ?? machine.end), address, at);
        if (store)
            return described(machine, store, address);
        place = snapshots.before(from);
    }
    return null;
}

async function described(machine, { count, kind, was, linear }, address) {
    if (kind !== 'instruction' && kind !== 'device') { // rare, and needs the instant itself
        await machine.travel(count - 1);
        [was] = machine.read(address, 1);
        if (kind === 'table')
            kind = LOADS.test(machine.pc.instruction().text) ? 'cpu' : 'instruction';
        await machine.travel(count);
    }
    if (kind === 'instruction' && inRom(linear))
        kind = 'bios rom';
    return { count, kind, was, linear, ...machine.symbols?.at?.(linear) };
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
    const before = machine.pc.state();
    const was = machine.pc.register(register);
    await machine.travel(hit);
    const is = machine.pc.register(register);
    const delivered = machine.events(hit - 1, hit).some(({ kind }) => kind === 'interrupt' || kind === 'exception');
    return { count: hit, kind: delivered ? 'cpu' : inRom(before.linear) ? 'bios rom' : 'instruction', was, is,
        linear: before.linear, ...machine.symbols?.at?.(before.linear) };
}

const inRom = (linear) => (linear >= 0xc0000n && linear < 0x100000n) || linear >= 0xfffe0000n && linear <= 0xffffffffn;
