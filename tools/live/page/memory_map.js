// The first MiB as a map of owners: a bar for each, with the bytes that the last step read
// (hollow mark) and wrote (solid mark) shown at their places.

import { el, hex, hexh, setText } from './format.js';

const KERNEL_ROOM = 0x100000; // as much of the kernel as the map draws

export class MemoryMap {
    id = 'map';
    title = 'Map';

    constructor(session, showMemory) {
        this.session = session;
        this.rows = [];
        this.element = el(
            'div',
            { class: 'map' },
            el(
                'p',
                { class: 'legend' },
                el('span', { class: 'mark write' }),
                ' written  ',
                el('span', { class: 'mark read' }),
                ' read by the last step, at its place in the bar',
            ),
        );
        for (const { from, to, what } of session.data.owners) {
            const end = to > from ? to : from + KERNEL_ROOM;
            const bar = el('span', { class: 'bar' });
            const note = el('span', { class: 'note' });
            const row = el(
                'button',
                { class: 'owner', title: what, onclick: () => showMemory(from) },
                el('span', { class: 'address' }, hexh(from, 5)),
                el('span', { class: 'what' }, shortened(what)),
                bar,
                note,
            );
            this.element.append(row);
            this.rows.push({ from, end, row, bar, note });
        }
    }

    draw({ accesses }) {
        for (const { from, end, row, bar, note } of this.rows) {
            const inside = (list) => list.filter(([address]) => address >= from && address < end);
            const reads = inside(accesses.reads),
                writes = inside(accesses.writes);
            row.classList.toggle('lit', reads.length + writes.length > 0);
            if (bar.childElementCount || reads.length || writes.length)
                bar.replaceChildren(
                    ...reads.map((access) => mark('read', access, from, end)),
                    ...writes.map((access) => mark('write', access, from, end)),
                );
            setText(note, [describe('wrote', writes), describe('read', reads)].filter(Boolean).join(', '));
        }
    }
}

// "flight recorder, 512 bytes: ..." -> "flight recorder"
const shortened = (what) => what.split(/[:,(]/)[0].trim();

function mark(kind, [address], from, end) {
    return el('span', { class: `mark ${kind}`, style: `left:${((address - from) / (end - from)) * 100}%` });
}

function describe(verb, accesses) {
    if (!accesses.length) return '';
    const [address, length] = accesses[0];
    const more = accesses.length > 1 ? ' …' : '';
    return `${verb} ${hex(address, 5)}${length > 1 ? `–${hex(address + length - 1, 5)}` : ''}${more}`;
}
