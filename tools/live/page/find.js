// The next or the previous instant at which a condition is true.  Forwards, the engine stops there;
// backwards, each interval between two snapshots is run again, and its last hit is the result.

import { encode } from './cp437.js';
import { EVENTS, registerNumber } from './pc.js';
import { wasWritten } from './snapshots.js';

const FAR = 2e9; // instructions: after which a search gives up

const list = (value) => (Array.isArray(value) ? value : [value]);

// The argument of Pc.watch(), from what scripts and the page pass
export function engineCondition({ rip, line, screen, port, changes, length = 1, register, event, above, outside }) {
    const condition = {};
    if (rip !== undefined || line !== undefined)
        condition.address = list(rip ?? line).map(BigInt);
    if (above !== undefined)
        condition.above = BigInt(above);
    if (outside !== undefined)
        condition.outside = outside.map((range) => range.map(BigInt));
    if (changes !== undefined)
        condition.store = [changes, changes + length];
    if (port !== undefined)
        condition.port = port;
    if (event !== undefined)
        condition.events = list(event).filter((kind) => EVENTS.includes(kind));
    if (register !== undefined)
        condition.register = known(register);
    if (screen !== undefined)
        condition.text = encode(screen)?.subarray(0, 80);
    if (condition.text === null)
        throw new Error(`the screen of a PC cannot show "${screen}"`);
    if (!Object.keys(condition).length)
        throw new Error('a search needs rip, line, screen, port, changes, register, event, above or outside');
    return condition;
}

function known(register) {
    if (registerNumber(register) === undefined)
        throw new Error(`there is no register "${register}"`);
    return register;
}

// Whether a search backwards can skip an interval, by its index
function cannotHold(index, { store, port, register }) {
    if (store)
        return !wasWritten(index, ...store);
    if (port !== undefined)
        return !index.ports.has(port);
    const number = registerNumber(register);
    if (register !== undefined && !['rip', 'rflags'].includes(register))
        return !(index.registers >> BigInt(number) & 1n);
    return false;
}

// The count of the instant, or null; the machine is back where it was
export async function find(machine, { skip = 0, ...wanted }, direction = 1, limit = null) {
    const condition = engineCondition(wanted);
    const { count } = machine;
    try {
        const found = direction < 0 ? await last(machine, condition, count, limit ?? 0, skip)
            : await next(machine, condition, limit ?? count + FAR, skip);
        return machine.cancelled ? null : found;
    } finally {
        const { cancelled } = machine;
        machine.cancelled = false; // the way back is not interrupted
        await machine.travel(count);
        machine.cancelled = cancelled;
    }
}

async function next(machine, condition, limit, skip) {
    const { end } = machine;
    const [reason] = await machine.forward(limit, condition, true, skip);
    if (reason === 'hit')
        return machine.count;
    machine.shorten(end);
    return null;
}

// The last instant from `from` up to, but not including, `before` at which the condition is true;
// with `skip`, as many hits earlier
export async function last(machine, condition, before, from = 0, skip = 0) {
    const { snapshots } = machine;
    let upTo = before - 1;
    for (let place = snapshots.before(upTo); place >= 0 && upTo > from && !machine.cancelled; place--) {
        const { count } = snapshots.list[place];
        const index = snapshots.list[place + 1]?.index;
        if (!index || !cannotHold(index, condition)) {
            const { hits, hit } = await hitsIn(machine, condition, count, upTo);
            if (hits > skip)
                return skip ? nthHit(machine, condition, count, upTo, hits - skip) : hit >= from ? hit : null;
            skip -= hits;
            place = snapshots.before(count); // running there may have made new ones
        }
        upTo = count;
    }
    return null;
}

async function hitsIn(machine, condition, from, to) {
    machine.rewind(from);
    await machine.forward(to, condition, false);
    return { hits: machine.hits, hit: machine.hit };
}

async function nthHit(machine, condition, from, to, number) {
    machine.rewind(from);
    await machine.forward(to, condition, true, number - 1);
    return machine.count;
}

// How often the condition is true after `from`, up to `to`
export async function passes(machine, wanted, from, to) {
    const { count } = machine;
    await machine.travel(from);
    await machine.forward(to, engineCondition(wanted), false);
    const { hits } = machine;
    await machine.travel(count);
    return hits;
}
