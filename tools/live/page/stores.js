// The stores of an interval between two snapshots, found by running it once more: a caller that needs
// the writers of a whole screen runs no interval twice.

import { ACCESS_BYTES, ACCESS_KINDS } from './pc.js';

const KEPT = 8;

export class Stores {
    constructor() { this.logs = new Map(); }

    clear() { this.logs.clear(); }

    // The log of ]from, to]; it is made by `machine` being run from `from`
    async of(machine, from, to) {
        const key = `${from}-${to}`;
        const log = this.logs.get(key) ?? await record(machine, from, to);
        this.logs.delete(key);
        this.logs.set(key, log); // the most recently used is evicted last
        if (this.logs.size > KEPT)
            this.logs.delete(this.logs.keys().next().value);
        return log;
    }
}

async function record(machine, from, to) {
    const chunks = [];
    machine.rewind(from);
    machine.pc.log('stores');
    machine.keep = () => chunks.push(machine.pc.takeRawAccesses());
    try {
        await machine.forward(to);
    } finally {
        machine.keep = null;
        machine.pc.log(false);
    }
    return chunks.map((bytes) => new DataView(bytes.buffer));
}

// The last store to a byte up to an instant: { count, kind, was, linear, address }, or null
export function lastStore(log, address, at) {
    for (let chunk = log.length - 1; chunk >= 0; chunk--) {
        const view = log[chunk];
        for (let offset = view.byteLength - ACCESS_BYTES; offset >= 0; offset -= ACCESS_BYTES) {
            const first = view.getUint32(offset + 8, true);
            if (address < first || address >= first + view.getUint16(offset + 12, true))
                continue;
            const count = view.getFloat64(offset, true);
            if (count > at)
                continue;
            return { count, kind: ACCESS_KINDS[view.getUint16(offset + 14, true)], was: view.getUint8(offset + 16 + address - first),
                linear: view.getBigUint64(offset + 24, true) };
        }
    }
    return null;
}
