// Translates addresses by the tables that lie in the memory of a machine, also where paging is still off.

import { hex } from './watch.mjs';

const LEVELS = [['PML4', 39n], ['PDPT', 30n], ['page directory', 21n], ['page table', 12n]];
const PRESENT = 1n, WRITABLE = 2n, LARGE = 0x80n;
const ADDRESS = 0xffffffffff000n;

export class Tables {
    constructor(machine, cr3) {
        this.machine = machine;
        this.root = cr3 & ADDRESS;
        this.pages = new Map();         // those read so far
    }

    get used() { return this.pages.keys(); }

    page(address) {
        const key = Number(address);
        if (!this.pages.has(key))
            this.pages.set(key, new BigUint64Array(this.machine.read(key, 4096).buffer));
        return this.pages.get(key);
    }

    // { physical, writable, why }: `why` says what is wrong if there is no translation
    walk(linear) {
        let at = this.root, writable = true;
        for (const [name, shift] of LEVELS) {
            const index = Number(linear >> shift & 511n), entry = this.page(at)[index];
            const why = (what) => ({ physical: null, writable, why: `has no translation: ${name} entry ${index}, at ${hex(at + BigInt(8 * index))}, ${what}` });
            if (!(entry & PRESENT))
                return why(`is ${hex(entry)}, which is not present`);
            writable &&= (entry & WRITABLE) !== 0n;
            if (name === 'page table' || entry & LARGE && name !== 'PML4')
                return mapped(linear, entry, shift, writable, why);
            at = entry & ADDRESS;
            if (at >= 1n << 32n)
                return why(`is ${hex(entry)}, which points to no memory of this PC`);
        }
        return null;        // not reached: a page table always ends the walk
    }
}

function mapped(linear, entry, shift, writable, why) {
    const within = (1n << shift) - 1n;
    if (shift > 12n && entry & ADDRESS & within & ~0x1000n)
        return why(`is ${hex(entry)}, with reserved bits set`);
    return { physical: entry & ADDRESS & ~within | linear & within, writable,
        why: writable ? null : 'can only be read' };
}
