// GDT, IDT (or the real-mode vectors) and page tables of this instant, decoded.

import { el, hex, hexh, littleEndian } from './format.js';
import { decodeGdt, decodeIdt, gateSize, mappedRanges, setBits, walkPages } from './decode.js';

const MOST_BYTES = 4096,
    MOST_RANGES = 200;

// Bytes at a linear address, page by page; shorter where a page is not mapped.
function readLinear(machine, linear, length) {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
        const at = linear + BigInt(done);
        const size = Math.min(length - done, 0x1000 - Number(at & 0xfffn));
        const physical = machine.translate(at);
        if (physical === null) return bytes.slice(0, done);
        bytes.set(machine.read(physical, size), done);
        done += size;
    }
    return bytes;
}

function table(headings, rows) {
    return el(
        'table',
        { class: 'data' },
        el('thead', {}, el('tr', {}, ...headings.map((text) => el('th', { scope: 'col' }, text)))),
        el('tbody', {}, ...rows),
    );
}

const cells = (...values) => values.map((value) => el('td', {}, value));

export class GdtPanel {
    id = 'gdt';
    title = 'GDT';

    constructor(session, inspector) {
        Object.assign(this, { session, inspector, element: el('div') });
    }

    draw({ state }) {
        const { machine } = this.session;
        const length = Math.min(Number(state.gdtr.limit) + 1, MOST_BYTES);
        const entries = decodeGdt(
            readLinear(machine, BigInt(state.gdtr.base), length),
            state.mode.startsWith('long'),
        );
        const heading = el(
            'p',
            {},
            `${entries.length} entries at ${hexh(state.gdtr.base)}, limit ${hexh(state.gdtr.limit, 4)}.`,
            state.mode === 'real16' ? ' Real mode does not use it.' : '',
        );
        this.element.replaceChildren(
            heading,
            table(
                ['selector', 'what', 'base', 'limit', 'ring', 'used by', 'bits'],
                entries
                    .filter((entry) => entry.low !== 0n || entry.selector === 0)
                    .map((entry) => this.row(entry, state)),
            ),
        );
    }

    row(entry, state) {
        const users = Object.entries(state.segments)
            .filter(([, segment]) => (segment.selector & ~7) === entry.selector && segment.selector)
            .map(([name]) => name.toUpperCase())
            .join(' ');
        const names = setBits(entry.low, this.session.data.bits.DESCRIPTOR)
            .map(([, name]) => name)
            .join(' ');
        return el(
            'tr',
            { class: users ? 'used' : '' },
            el('td', {}, this.button(entry, state)),
            ...cells(
                entry.kind,
                hex(entry.base, 8),
                hex(entry.limit, 8),
                entry.kind === 'null' ? '' : String(entry.dpl),
                users,
                names,
            ),
        );
    }

    button(entry, state) {
        const open = (event) => {
            const physical = this.session.machine.translate(BigInt(state.gdtr.base) + BigInt(entry.selector));
            this.inspector.open(
                {
                    kind: 'memory',
                    address: physical,
                    length: entry.size,
                    title: `Descriptor ${hexh(entry.selector, 2)}: ${entry.kind}`,
                },
                event.currentTarget,
            );
        };
        return el('button', { onclick: open, title: 'Who wrote it?' }, hex(entry.selector, 4));
    }
}

export class IdtPanel {
    id = 'idt';
    title = 'IDT';

    constructor(session, inspector) {
        Object.assign(this, { session, inspector, element: el('div') });
    }

    draw({ state }) {
        const { machine, symbols, data } = this.session;
        const length = Math.min(Number(state.idtr.limit) + 1, MOST_BYTES);
        const gates = decodeIdt(readLinear(machine, BigInt(state.idtr.base), length), state.mode).filter(
            (gate) => gate.present,
        );
        const isReal = state.mode === 'real16';
        const rows = gates.map((gate) =>
            el(
                'tr',
                {},
                el('td', {}, this.button(gate, state)),
                ...cells(
                    isReal ? '' : (data.exceptions[gate.vector]?.join(' ') ?? ''),
                    isReal
                        ? `${hex(gate.selector, 4)}:${hex(gate.offset, 4)}`
                        : symbols.describe(gate.target),
                    isReal
                        ? symbols.describe(gate.target)
                        : `${gate.kind}, ring ${gate.dpl}${gate.ist ? `, stack IST ${gate.ist}` : ''}`,
                ),
            ),
        );
        this.element.replaceChildren(
            el(
                'p',
                {},
                isReal ? 'The real-mode vector table: far pointers of 4 bytes' : 'Gates that are present',
                `, at ${hexh(state.idtr.base)}, limit ${hexh(state.idtr.limit, 4)}.`,
            ),
            table(['vector', isReal ? '' : 'exception', 'leads to', isReal ? 'who' : 'gate'], rows),
        );
    }

    button(gate, state) {
        const size = gateSize(state.mode);
        const open = (event) => {
            const physical = this.session.machine.translate(
                BigInt(state.idtr.base) + BigInt(gate.vector * size),
            );
            this.inspector.open(
                { kind: 'memory', address: physical, length: size, title: `Vector ${hexh(gate.vector, 2)}` },
                event.currentTarget,
            );
        };
        return el('button', { onclick: open, title: 'Who wrote it?' }, hex(gate.vector, 2));
    }
}

export class PagesPanel {
    id = 'pages';
    title = 'Pages';

    constructor(session, inspector) {
        Object.assign(this, { session, inspector, element: el('div') });
    }

    draw({ state }) {
        const { machine } = this.session;
        const isPaging = (BigInt(state.cr0) >> 31n) & 1n;
        if (!isPaging || !state.mode.startsWith('long')) {
            this.element.replaceChildren(
                el(
                    'p',
                    {},
                    isPaging
                        ? 'Paging is on with tables of another format than long mode’s.'
                        : 'Paging is off (CR0.PG = 0): linear addresses are physical ones.',
                ),
            );
            return;
        }
        const read = (at) => littleEndian(machine.read(Number(at), 8));
        const walk = walkPages(state.linear, BigInt(state.cr3), read);
        const ranges = mappedRanges(BigInt(state.cr3), (at) => {
            const bytes = machine.read(Number(at), 4096);
            return new DataView(bytes.buffer, bytes.byteOffset, 4096);
        });
        this.element.replaceChildren(
            el('p', {}, `The walk of RIP, ${hexh(state.linear)}, from CR3 = ${hexh(state.cr3)}:`),
            this.walkTable(walk),
            el('p', {}, `Mapped ranges, ${ranges.length} in all:`),
            table(
                ['linear', 'to', 'physical', 'rights'],
                ranges
                    .slice(0, MOST_RANGES)
                    .map(({ from, to, physical, rights }) =>
                        el('tr', {}, ...cells(hex(from, 12), hex(to, 12), hex(physical, 8), rights)),
                    ),
            ),
        );
    }

    walkTable(walk) {
        return table(
            ['table', 'entry', 'at', 'value', 'bits'],
            walk.map((step) =>
                el(
                    'tr',
                    {},
                    ...cells(step.level, String(step.index)),
                    el('td', {}, this.button(step)),
                    ...cells(
                        hex(step.entry, 16),
                        setBits(step.entry, this.session.data.bits.PAGE)
                            .map(([, name]) => name)
                            .join(' ') + (step.physical === undefined ? '' : ` → ${hexh(step.physical)}`),
                    ),
                ),
            ),
        );
    }

    button({ at, level, index }) {
        return el(
            'button',
            {
                title: 'Who wrote it?',
                onclick: (event) =>
                    this.inspector.open(
                        { kind: 'memory', address: Number(at), length: 8, title: `${level}, entry ${index}` },
                        event.currentTarget,
                    ),
            },
            hex(at, 5),
        );
    }
}
