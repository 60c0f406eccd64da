// The calls that led here, by frame pointers where the code keeps them, and the words on the stack.

import { el, hex, littleEndian } from './format.js';

const MOST_FRAMES = 24,
    WORDS = 16;

export class StackPanel {
    id = 'stack';
    title = 'Stack';

    constructor(session, inspector) {
        Object.assign(this, { session, inspector, element: el('div') });
    }

    draw({ state }) {
        const width = state.mode.endsWith('64') ? 8 : state.mode.endsWith('32') ? 4 : 2;
        const frames = width === 2 ? [] : this.frames(state, width);
        this.element.replaceChildren(
            el('h4', {}, 'Calls'),
            frames.length
                ? el(
                      'ol',
                      { class: 'frames' },
                      ...frames.map((linear, i) =>
                          el('li', {}, (i ? 'called from ' : '') + this.session.symbols.describe(linear)),
                      ),
                  )
                : el('p', {}, '16-bit code has no frame pointers, so only the words on the stack are shown.'),
            el(
                'h4',
                {},
                `On the stack, from ${hex(state.segments.ss.selector, 4)}:${hex(this.pointer(state, width), 4)} up`,
            ),
            el('table', { class: 'data' }, el('tbody', {}, ...this.words(state, width))),
        );
    }

    pointer(state, width) {
        return width === 2
            ? state.registers.rsp & 0xffffn
            : width === 4
              ? state.registers.rsp & 0xffffffffn
              : state.registers.rsp;
    }

    base(state) {
        return state.mode.endsWith('64') ? 0n : BigInt(state.segments.ss.base);
    }

    word(linear, width) {
        const physical = this.session.machine.translate(linear);
        return physical === null ? null : littleEndian(this.session.machine.read(physical, width));
    }

    // Linear addresses: where the CPU is, then the places to which the calls return.
    frames(state, width) {
        const { symbols } = this.session;
        const here = symbols.find(state.linear);
        if (!here?.name) return [];
        const found = [state.linear];
        const base = this.base(state),
            step = BigInt(width);
        const stack = base + this.pointer(state, width);
        // before PUSH EBP (one byte) and MOV EBP, ESP the return address is on top
        if (here.offset <= 1) {
            const caller = this.word(stack + (here.offset ? step : 0n), width);
            if (caller !== null && symbols.program(caller)) found.push(caller);
        }
        let frame = state.registers.rbp & (width === 4 ? 0xffffffffn : (1n << 64n) - 1n);
        while (found.length < MOST_FRAMES) {
            const caller = this.word(base + frame + step, width),
                next = this.word(base + frame, width);
            if (caller === null || next === null || !symbols.program(caller)) break;
            found.push(caller);
            if (next <= frame) break;
            frame = next;
        }
        return found;
    }

    words(state, width) {
        const { symbols } = this.session;
        const top = this.pointer(state, width),
            base = this.base(state);
        const rows = [];
        for (let i = 0; i < WORDS; i++) {
            const linear = base + top + BigInt(i * width);
            const value = this.word(linear, width);
            if (value === null) break;
            const place = symbols.find(value);
            const physical = this.session.machine.translate(linear);
            rows.push(
                el(
                    'tr',
                    {},
                    el(
                        'td',
                        {},
                        el(
                            'button',
                            {
                                title: 'Who wrote it?',
                                onclick: (event) =>
                                    this.inspector.open(
                                        { kind: 'memory', address: physical, length: width },
                                        event.currentTarget,
                                    ),
                            },
                            hex(linear, 5),
                        ),
                    ),
                    el('td', {}, hex(value, 2 * width)),
                    el('td', {}, place?.name ? symbols.describe(value) : ''),
                ),
            );
        }
        return rows;
    }
}
