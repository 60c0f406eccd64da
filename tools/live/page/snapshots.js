// Where the PC has been: snapshots that share every page which did not change between them, each
// with an index of the interval before it (which bytes were stored to, which registers changed,
// which ports were used), so that a search runs only the interval that it needs again.

import { PAGE } from './pc.js';

const BITS = PAGE / 8;
const ZERO = new Uint8Array(PAGE);
const OVERHEAD = 160; // roughly, of a page's object
const REFERENCE = 8;  // at most, of a table's entry

export class Snapshots {
    constructor(pc, mostBytes = 192 << 20) {
        this.pc = pc;
        this.mostBytes = mostBytes;
        this.bytes = 0;
        this.list = [];
        // The pages as they were when the engine's memory was last compared
        this.table = new Array(pc.ramPages + pc.rest.length).fill(ZERO);
        pc.m._live_mark_all();
    }

    get tableBytes() { return this.table.length * REFERENCE; }

    page(number) {
        const { pc } = this;
        const at = number < pc.ramPages ? pc.ramAt + number * PAGE : pc.rest[number - pc.ramPages];
        return pc.m.HEAPU8.subarray(at, at + PAGE);
    }

    // Copies what has changed, and returns the index of the time since the last call
    collect() {
        const { m, ramPages } = this.pc;
        const number = m._live_scan();
        const changed = this.pc.words(m._live_list(), number);
        const written = new Map();
        const bitsAt = m._live_written();
        for (const id of changed) {
            this.table[id] = this.page(id).slice();
            if (id < ramPages)
                written.set(id, m.HEAPU8.slice(bitsAt + id * BITS, bitsAt + (id + 1) * BITS));
        }
        const [low, high] = this.pc.words(m._live_changed(), 2);
        const registers = BigInt(high) << 32n | BigInt(low);
        const ports = new Set(this.pc.words(m._live_ports(), m._live_port_count()));
        m._live_clear_index(number);
        this.bytes += number * (PAGE + OVERHEAD) + written.size * (BITS + OVERHEAD);
        return { written, registers, ports };
    }

    // Adds a snapshot of the current instant; the index must cover the time since the one before
    take(extra) {
        const { pc } = this;
        const snapshot = { count: pc.count, index: this.collect(), table: this.table.slice(), disk: pc.disk.save(),
            owner: pc.m._live_owner(), ...extra };
        const place = this.list.findIndex(({ count }) => count >= snapshot.count);
        if (place >= 0 && this.list[place].count === snapshot.count)
            return this.list[place];
        this.bytes += this.tableBytes;
        this.list.splice(place < 0 ? this.list.length : place, 0, snapshot);
        while (this.bytes > this.mostBytes && this.list.length > 8)
            this.drop(this.leastNeeded());
        return snapshot;
    }

    // The place of the last snapshot at or before an instant
    before(count) {
        let low = 0, high = this.list.length;
        while (high - low > 1) {
            const middle = low + high >> 1;
            if (this.list[middle].count <= count)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    restore(snapshot) {
        const { pc } = this;
        const dirty = pc.m._live_scan();
        const changed = new Set(pc.words(pc.m._live_list(), dirty));
        pc.m._live_clear_index(dirty);
        for (let id = 0; id < this.table.length; id++)
            if (this.table[id] !== snapshot.table[id] || changed.has(id))
                this.put(id, snapshot.table[id]);
        this.table = snapshot.table.slice();
        pc.disk.restore(snapshot.disk);
        pc.m._live_set_owner(snapshot.owner);
        pc.m._live_restored();
    }

    put(id, bytes) {
        const { m, ramPages, shadowAt } = this.pc;
        this.page(id).set(bytes);
        if (id >= ramPages)
            m.HEAPU8.set(bytes, shadowAt + (id - ramPages) * PAGE);
    }

    // From now on, what follows an instant is a new branch
    truncate(count) {
        while (this.list.length > 1 && this.list.at(-1).count > count)
            this.drop(this.list.length - 1);
    }

    // The snapshot whose loss costs least: close to its neighbours and long ago
    leastNeeded() {
        const end = this.list.at(-1).count;
        let best = 1, least = Infinity;
        for (let i = 1; i < this.list.length - 1; i++) {
            const gap = this.list[i + 1].count - this.list[i - 1].count;
            const cost = gap / (end - this.list[i].count + 1e6);
            if (cost < least)
                [best, least] = [i, cost];
        }
        return best;
    }

    drop(place) {
        const [gone] = this.list.splice(place, 1);
        const previous = this.list[place - 1]?.table, next = this.list[place]?.table;
        for (let id = 0; id < gone.table.length; id++)
            if (gone.table[id] !== previous?.[id] && gone.table[id] !== next?.[id] && gone.table[id] !== this.table[id])
                this.bytes -= PAGE + OVERHEAD;
        this.bytes -= this.tableBytes;
        if (this.list[place])
            this.list[place].index = this.merge(gone.index, this.list[place].index);
    }

    // After a branch was left, with everything that only it had kept
    recount() {
        this.bytes = 0;
        this.list.forEach(({ table, index }, place) => {
            const previous = this.list[place - 1]?.table;
            for (let id = 0; id < table.length; id++)
                if (table[id] !== previous?.[id] && table[id] !== ZERO)
                    this.bytes += PAGE + OVERHEAD;
            this.bytes += index.written.size * (BITS + OVERHEAD) + this.tableBytes;
        });
    }

    merge(a, b) {
        const written = new Map(b.written);
        for (const [id, bits] of a.written) {
            const other = written.get(id);
            if (other)
                this.bytes -= BITS + OVERHEAD;
            written.set(id, other ? bits.map((byte, i) => byte | other[i]) : bits);
        }
        return { written, registers: a.registers | b.registers, ports: new Set([...a.ports, ...b.ports]) };
    }
}

// Whether an index says that a byte in [from, to) was stored to
export function wasWritten(index, from, to) {
    for (let address = from; address < to; address++) {
        const bits = index.written.get(Math.floor(address / PAGE));
        if (bits && bits[(address % PAGE) >> 3] >> (address & 7) & 1)
            return true;
    }
    return false;
}
