// A small window about one value: what it is, what wrote it, when it changes, and "what if".

import { el, hexh, hex, littleEndian, parseHex, decimal } from './format.js';
import { variableAt, variableText } from './variables.js';

const KINDS = {
    'instruction': 'an instruction',
    'cpu': 'the CPU itself',
    'device': 'a device',
    'bios rom': 'the BIOS ROM',
    'what if': 'another value, tried here',
};

export class Inspector {
    constructor(session) {
        this.session = session;
        this.element = document.getElementById('inspector');
        this.target = null;
        this.opener = null;
        document.addEventListener('pointerdown', (event) => {
            if (this.target && !this.element.contains(event.target)) this.close();
        });
        this.element.addEventListener('keydown', (event) => {
            if (event.key === 'Escape') {
                event.stopPropagation();
                this.close(true);
            }
        });
    }

    // target: {kind: 'memory', address, length} or {kind: 'register', name}, with title and note
    async open(target, anchor) {
        if (this.session.running) await this.session.stop();
        this.target = target;
        this.opener = document.activeElement;
        const title = el('h2', {}, target.title ?? this.title(target));
        const writer = el('p', { class: 'writer' }, 'Looking for the last write …');
        const actions = el('p', { class: 'row' });
        this.element.replaceChildren(
            el('button', { class: 'close', title: 'Close (Esc)', onclick: () => this.close(true) }, '×'),
            title,
            this.value(target),
            writer,
            actions,
            this.whatIf(target),
        );
        this.place(anchor);
        this.element.hidden = false;
        this.element.querySelector('button').focus();
        const found = await this.session.operate(() => this.session.machine.writer(this.key(target)));
        if (this.target === target) this.showWriter(target, found, writer, actions);
    }

    key(target) {
        return target.kind === 'register' ? target.name : target.address;
    }

    title(target) {
        return target.kind === 'register'
            ? target.name.toUpperCase()
            : `${target.length === 1 ? 'Byte' : `${target.length} bytes`} at ${hexh(target.address, 5)}`;
    }

    bytes(target) {
        return this.session.machine.read(target.address, target.length);
    }

    value(target) {
        if (target.kind === 'register')
            return el(
                'p',
                { class: 'value' },
                target.value ?? '',
                target.note ? el('small', {}, target.note) : null,
            );
        const bytes = this.bytes(target);
        const shown = [...bytes].map((byte) => hex(byte, 2)).join(' ');
        const number = bytes.length <= 8 ? ` = ${hexh(littleEndian(bytes))} = ${littleEndian(bytes)}` : '';
        const owner = this.session.data.owners.find(
            ({ from, to }) => target.address >= from && target.address < to,
        );
        const variable = variableAt(this.session.machine, this.session.symbols, target.address);
        return el(
            'p',
            { class: 'value' },
            shown + (bytes.length > 1 ? number : ` = ${bytes[0]}`),
            variable ? el('small', { class: 'variable' }, variableText(variable)) : null,
            el('small', {}, [target.note, owner?.what].filter(Boolean).join('. ')),
        );
    }

    showWriter(target, found, writer, actions) {
        const { session } = this;
        const here = session.machine.count;
        if (!found) {
            writer.replaceChildren('Nothing has written it since the reset.');
        } else {
            const where = this.whoWrote(found);
            writer.replaceChildren(
                'Written by ',
                el('strong', {}, where),
                `: ${KINDS[found.kind] ?? found.kind}, ${decimal(here - found.count)} instructions ago.`,
            );
            actions.append(
                this.action(
                    'Written by ▸',
                    () => this.leave(session.go(found.count)),
                    'Goes to the instant just after that write',
                ),
            );
        }
        const condition =
            target.kind === 'register'
                ? { register: target.name }
                : { changes: target.address, length: target.length };
        actions.append(
            this.action('◂ change before', () =>
                this.leave(session.seek(condition, -1, { nothing: 'It does not change' })),
            ),
            this.action('next change ▸', () =>
                this.leave(session.seek(condition, +1, { nothing: 'It does not change' })),
            ),
        );
        if (target.kind === 'memory')
            actions.append(
                this.action('Show in hex', () => this.leave(session.emit('show-memory', target.address))),
            );
        actions.firstChild?.focus();
    }

    whoWrote({ function: name, file, line, linear }) {
        if (name) return `${name}${file ? ` (${file}:${line})` : ''}`;
        return linear === undefined ? 'you' : this.session.symbols.describe(linear);
    }

    action(text, onclick, title) {
        return el('button', { onclick, title }, text);
    }

    leave(going) {
        this.close();
        return going;
    }

    // "What if": another value from here on, as a branch of the run.
    whatIf(target) {
        const input = el('input', {
            'aria-label': 'New value, hexadecimal',
            'size': 18,
            'spellcheck': 'false',
            'placeholder': 'hexadecimal',
        });
        const error = el('small', { role: 'alert' });
        return el(
            'form',
            {
                class: 'what-if',
                onsubmit: (event) => {
                    event.preventDefault();
                    const value = parseHex(input.value);
                    if (value === null) error.textContent = 'A hexadecimal number, please.';
                    else this.change(target, value);
                },
            },
            el('label', {}, 'What if it were ', input),
            el('button', { type: 'submit' }, 'Change'),
            error,
        );
    }

    async change(target, value) {
        const { session } = this;
        this.close();
        await session.operate(async () => {
            session.remember();
            if (target.kind === 'register') {
                await session.machine.poke({ register: target.name, value });
                return;
            }
            await session.machine.poke({ address: target.address, value, length: target.length });
        });
    }

    place(anchor) {
        const box = anchor.getBoundingClientRect();
        const width = Math.min(380, innerWidth - 16);
        this.element.style.width = `${width}px`;
        this.element.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
        const below = box.bottom + 6;
        const isLow = below > innerHeight - 230;
        this.element.style.top = isLow ? '' : `${below}px`;
        this.element.style.bottom = isLow ? `${Math.max(8, innerHeight - box.top + 6)}px` : '';
    }

    close(giveBack = false) {
        this.target = null;
        this.element.hidden = true;
        if (giveBack) this.opener?.focus();
    }
}
