// General registers, flags, segments with their hidden parts, control and table registers; what
// the last step changed has a dot, bold type and its old value.

import { besideNew, el, hex, hexh, setText } from './format.js';

const GENERAL = [
    'rax',
    'rbx',
    'rcx',
    'rdx',
    'rsi',
    'rdi',
    'rbp',
    'rsp',
    'r8',
    'r9',
    'r10',
    'r11',
    'r12',
    'r13',
    'r14',
    'r15',
];
const ONLY_64 = GENERAL.slice(8);
const SEGMENTS = ['cs', 'ds', 'es', 'ss', 'fs', 'gs', 'ldtr', 'tr'];
const CONTROL = ['cr0', 'cr2', 'cr3', 'cr4', 'cr8', 'efer'];

export class Registers {
    constructor(session, inspector) {
        this.session = session;
        this.inspector = inspector;
        this.rows = new Map();
        const element = document.getElementById('registers');
        element.append(
            el('div', { class: 'grid general' }, ...GENERAL.map((name) => this.row(name))),
            el('h3', {}, 'Next instruction and flags'),
            el('div', { class: 'grid' }, this.row('rip'), this.row('rflags')),
            (this.flags = el('p', { class: 'flags' })),
            el('h3', {}, 'Segments and their hidden parts'),
            (this.segments = this.segmentTable()),
            el('h3', {}, 'Control registers'),
            el('div', { class: 'grid' }, ...CONTROL.map((name) => this.row(name))),
            el('h3', {}, 'Tables'),
            el('div', { class: 'grid' }, this.row('gdtr'), this.row('idtr')),
        );
    }

    row(name) {
        const value = el('span', { class: 'digits' });
        const was = el('span', { class: 'was' });
        const dot = el('b', { 'class': 'dot', 'aria-hidden': 'true' });
        const button = el(
            'button',
            { class: 'register', onclick: (event) => this.inspect(name, event.currentTarget) },
            dot,
            el('span', { class: 'name' }, name.toUpperCase()),
            value,
            was,
        );
        this.rows.set(name, { button, value, was, dot });
        return button;
    }

    segmentTable() {
        const head = el(
            'tr',
            {},
            ...['', 'sel', 'base', 'limit', 'kind, ring'].map((text) => (text ? el('th', { scope: 'col' }, text) : el('td'))),
        );
        const body = SEGMENTS.map((name) => {
            const cells = [0, 1, 2, 3].map(() => el('td'));
            const row = el(
                'tr',
                {},
                el(
                    'th',
                    { scope: 'row' },
                    el(
                        'button',
                        {
                            onclick: (event) => this.inspect(name, event.currentTarget),
                        },
                        name.toUpperCase(),
                    ),
                ),
                ...cells,
            );
            this.rows.set(name, { row, cells });
            return row;
        });
        return el('table', { class: 'segments' }, el('thead', {}, head), el('tbody', {}, ...body));
    }

    draw(view) {
        const { state, before } = view;
        for (const name of [...GENERAL, ...CONTROL, 'rip', 'rflags'])
            this.drawNumber(name, number(state, name), before && number(before, name), digits(name, state));
        for (const name of ONLY_64) this.rows.get(name).button.hidden = state.mode !== 'long64';
        for (const name of ['gdtr', 'idtr']) this.drawTable(name, state[name], before?.[name]);
        this.drawFlags(state, before);
        for (const name of SEGMENTS) this.drawSegment(name, state, before);
    }

    drawNumber(name, value, was, width) {
        const row = this.rows.get(name);
        const text = hex(value, width);
        const zeros = /^0*(?=.)/.exec(text)[0];
        if (row.text !== text) {
            row.text = text;
            row.value.replaceChildren(el('i', {}, zeros), text.slice(zeros.length));
        }
        this.mark(
            row,
            was !== null && was !== undefined && was !== value,
            was === null || was === undefined ? '' : besideNew(hex(was), hex(value)),
        );
    }

    mark(row, isChanged, was) {
        row.button.classList.toggle('changed', isChanged);
        setText(row.dot, isChanged ? '●' : '');
        setText(row.was, isChanged ? `was ${was}` : '');
    }

    drawTable(name, table, was) {
        const row = this.rows.get(name);
        setText(row.value, `${hex(table.base, 8)} limit ${hex(table.limit, 4)}`);
        const isChanged = Boolean(was) && (was.base !== table.base || was.limit !== table.limit);
        this.mark(row, isChanged, isChanged ? `${hex(was.base)} limit ${hex(was.limit)}` : '');
    }

    // Capitals show a set flag as well as the weight: "zf" is off, "ZF" is on.
    drawFlags(state, before) {
        const flags = this.session.data.bits.RFLAGS.filter(([, name]) => !/^(IOPL|V|RF|NT|AC|ID)/.test(name));
        this.flags.replaceChildren(
            ...flags.map(([bit, name, meaning]) => {
                const isSet = (BigInt(state.rflags) >> BigInt(bit)) & 1n;
                const isChanged = before && ((BigInt(before.rflags) >> BigInt(bit)) & 1n) !== isSet;
                return el(
                    'abbr',
                    {
                        class: `${isSet ? 'on' : ''} ${isChanged ? 'changed' : ''}`,
                        title: `${name} = ${isSet}: ${meaning}${isChanged ? ', changed by the last step' : ''}`,
                    },
                    `${isChanged ? '●' : ''}${isSet ? name : name.toLowerCase()}`,
                );
            }),
        );
    }

    drawSegment(name, state, before) {
        const { row, cells } = this.rows.get(name);
        const segment = state.segments[name],
            was = before?.segments[name];
        const texts = [
            hex(segment.selector, 4),
            hex(segment.base, 5),
            hex(segment.limit, 5),
            segmentKind(name, segment, state),
        ];
        texts.forEach((text, i) => setText(cells[i], text));
        const isChanged =
            Boolean(was) &&
            (was.selector !== segment.selector ||
                was.base !== segment.base ||
                was.limit !== segment.limit ||
                was.access !== segment.access);
        row.classList.toggle('changed', isChanged);
        row.title = isChanged
            ? `was ${hex(was.selector, 4)}, base ${hex(was.base)}, limit ${hex(was.limit)}`
            : '';
    }

    inspect(name, button) {
        const { state } = this.session.view;
        const segment = state.segments[name];
        const value = segment
            ? `${hexh(segment.selector, 4)}: base ${hexh(segment.base)}, limit ${hexh(segment.limit)}`
            : state[name]?.base !== undefined
              ? `base ${hexh(state[name].base)}, limit ${hexh(state[name].limit)}`
              : hexh(number(state, name));
        this.inspector.open({ kind: 'register', name, value, note: this.bitNames(name, state) }, button);
    }

    bitNames(name, state) {
        const bits = this.session.data.bits[name.toUpperCase()];
        if (!bits) return '';
        const set = bits.filter(([bit]) => (BigInt(number(state, name)) >> BigInt(bit)) & 1n);
        return set.map(([, bit, meaning]) => `${bit} (${meaning})`).join(', ') || 'no bit is set';
    }
}

function number(state, name) {
    return BigInt(state.registers[name] ?? state[name]);
}

function digits(name, state) {
    if (['rflags', 'cr0', 'cr4', 'efer'].includes(name)) return 8;
    return name === 'cr8' ? 1 : state.mode === 'long64' || GENERAL.includes(name) ? 16 : 8;
}

function segmentKind(name, segment, state) {
    if (!segment.valid) return 'not usable';
    if (name === 'ldtr' || name === 'tr') return name === 'tr' ? 'TSS' : 'LDT';
    if (state.mode === 'real16') return 'real mode';
    const access = BigInt(segment.access); // bits 40 to 55 of the descriptor
    const bit = (at) => (access >> BigInt(at)) & 1n;
    const kind = bit(3)
        ? `code${bit(13) ? '64' : bit(14) ? '32' : '16'}${bit(1) ? '' : ' x only'}`
        : `data${bit(1) ? '' : ' r only'}`;
    return `${kind} r${(access >> 5n) & 3n}`;
}
