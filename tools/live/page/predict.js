// "Predict": before a step is made, asks what it will change, then makes it and compares.

import { el, hex, parseHex } from './format.js';
import { readable } from './instruction_text.js';
import { lineSentence } from './sentence.js';

const PARTS = { 8: 0xffn, 16: 0xffffn, 32: 0xffffffffn };

// "ax=2401, zf=1" -> [{name, value}]; null if it cannot be read.  Pure, as is check().
export function parseAnswer(text) {
    const claims = text
        .split(/[,;]+/)
        .map((part) => part.trim())
        .filter(Boolean);
    if (claims.length === 1 && /^(nothing|none|-)$/i.test(claims[0])) return [];
    const parsed = claims.map((claim) => {
        const match = /^(\w+)\s*(?:=|is|:)\s*(\S+)$/.exec(claim);
        const value = match && parseHex(match[2]);
        return value === null || value === undefined ? null : { name: match[1].toLowerCase(), value };
    });
    return parsed.length && !parsed.includes(null) ? parsed : null;
}

// The value of a register by its name: rax, eax, ax, al, ah, r8d, cs, zf, ...
export function readRegister(state, name, flags) {
    const flag = flags.find(([, flagName]) => flagName.toLowerCase() === name);
    if (flag) return (BigInt(state.rflags) >> BigInt(flag[0])) & 1n;
    if (state.segments[name]) return BigInt(state.segments[name].selector);
    const whole = state.registers[name] ?? state[name];
    if (whole !== undefined && typeof whole !== 'object') return BigInt(whole);
    const match = /^(?:(e?)([abcd])x|(e?)(si|di|bp|sp|ip)|([abcd])([lh])|r(\d+)([dwb]))$/.exec(name);
    if (!match) return null;
    const [, wideLetter, letter, wideIndex, index, byteLetter, half, number, width] = match;
    const full = `r${letter ? `${letter}x` : (index ?? (byteLetter ? `${byteLetter}x` : number))}`;
    const value = BigInt(state.registers[full] ?? state[full] ?? 0);
    if (half) return half === 'h' ? (value >> 8n) & 0xffn : value & 0xffn;
    const bits = number ? { d: 32, w: 16, b: 8 }[width] : wideLetter || wideIndex ? 32 : 16;
    return value & PARTS[bits];
}

// [{name, claimed, is, right}]
export function check(claims, state, flags) {
    return claims.map(({ name, value }) => {
        const is = readRegister(state, name, flags);
        return { name, claimed: value, is, right: is === value };
    });
}

export class Predict {
    constructor(session) {
        this.session = session;
        this.dialog = document.getElementById('predict-dialog');
        this.button = document.getElementById('predict');
        this.isOn = false;
    }

    toggle() {
        this.isOn = !this.isOn;
        this.button.setAttribute('aria-pressed', String(this.isOn));
        this.session.emit(
            'status',
            this.isOn ? 'Predict is on: each step forward asks first.' : 'Predict is off.',
        );
    }

    // What is asked about: the source line, or the instruction where there is none.
    subject(isLine) {
        const { machine, symbols, data } = this.session;
        const { linear } = machine.state();
        const place = isLine ? symbols.find(linear) : null;
        const code = el('code', {});
        if (place?.path) code.innerHTML = data.files[place.file].lines[place.line - 1].trim();
        else code.textContent = readable(machine.instruction(linear).text, symbols);
        return { name: place?.path ? 'line' : 'instruction', code };
    }

    // Asks about the next instruction or line, then calls `step`.
    async ask(step, isLine) {
        await this.session.stop();
        const { name, code } = this.subject(isLine);
        this.before = name === 'line' ? this.session.machine.state() : null;
        const input = el('input', { id: 'prediction', size: 34, spellcheck: 'false', autocomplete: 'off' });
        const answer = el('div', { role: 'status' });
        const show = el('button', { type: 'submit' }, 'Make the step');
        const form = el(
            'form',
            {
                class: 'row',
                onsubmit: (event) => {
                    event.preventDefault();
                    this.answer(input, answer, show, step);
                },
            },
            el('label', { for: 'prediction' }, 'It changes'),
            input,
            show,
        );
        this.dialog.replaceChildren(
            el('button', { class: 'close', title: 'Close (Esc)', onclick: () => this.dialog.close() }, '×'),
            el('h2', { id: 'predict-title' }, `What does this ${name} change?`),
            el('p', {}, code),
            el(
                'p',
                {},
                'Write registers and flags with their new values, such as ',
                el('code', {}, 'ax=2401, zf=1'),
                ', in hexadecimal; or ',
                el('code', {}, 'nothing'),
                '. Leave it empty to just see the result.',
            ),
            form,
            answer,
        );
        this.dialog.showModal();
        input.focus();
    }

    whatChanged() {
        const { view, data } = this.session;
        return this.before ? lineSentence(this.before, view.state, data) : this.session.sentence();
    }

    async answer(input, answer, show, step) {
        if (show.dataset.done) {
            this.dialog.close();
            return;
        }
        const claims = input.value.trim() ? parseAnswer(input.value) : [];
        if (claims === null) {
            answer.textContent = 'Please write it like ax=2401, zf=1, or leave it empty.';
            return;
        }
        await step();
        const { session } = this;
        const checked = check(claims, session.view.state, session.data.bits.RFLAGS);
        answer.replaceChildren(
            ...checked.map(({ name, claimed, is, right }) =>
                el(
                    'p',
                    { class: 'answer' },
                    right
                        ? `✓ Right: ${name.toUpperCase()} is ${hex(is)}.`
                        : is === null
                          ? `✗ There is no register ${name}.`
                          : `✗ Not quite: ${name.toUpperCase()} is ${hex(is)}, not ${hex(claimed)}.`,
                ),
            ),
            el('p', { class: 'answer' }, this.whatChanged()),
        );
        show.textContent = 'Continue';
        show.dataset.done = 'yes';
        show.focus();
    }
}
