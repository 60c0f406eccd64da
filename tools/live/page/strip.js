// The strip above the panes: the mode as a large word, the control bits that made it, the
// sentence about the last step, the current branch, and the machine's death.

import { el, setText, decimal } from './format.js';
import { modeWords, deathSentence } from './sentence.js';

const MODE_BITS = [
    ['CR0', 'PE'],
    ['CR0', 'PG'],
    ['CR4', 'PAE'],
    ['EFER', 'LME'],
    ['EFER', 'LMA'],
];
const CODE_L = 13n,
    CODE_D = 14n; // of a segment's access bits

export class Strip {
    live = true;

    constructor(session) {
        this.session = session;
        this.mode = document.getElementById('mode');
        this.sentence = document.getElementById('sentence');
        this.branch = document.getElementById('branch');
        this.death = document.getElementById('death');
        this.bits = new Map();
        const list = document.getElementById('control-bits');
        for (const name of [
            ...MODE_BITS.map(([register, bit]) => `${register}.${bit}`),
            'CS.L',
            'CS.D',
            'IF',
            'A20',
        ]) {
            const value = el('b'),
                item = el('li', {}, el('span', {}, name), value);
            list.append(item);
            this.bits.set(name, { item, value });
        }
    }

    draw(view) {
        const { state, before } = view;
        setText(this.mode.firstChild, state.mode);
        setText(this.mode.lastChild, `${modeWords(state.mode)}${state.halted ? ', halted' : ''}`);
        const bits = this.values(state),
            was = before && this.values(before);
        for (const [name, { item, value }] of this.bits) {
            setText(value, String(bits[name].value));
            item.classList.toggle('on', bits[name].value === 1);
            const isChanged = Boolean(was) && was[name].value !== bits[name].value;
            item.classList.toggle('changed', isChanged);
            item.title = bits[name].meaning + (isChanged ? ', changed by the last step' : '');
        }
        this.drawSentence(view);
        this.drawBranch();
        this.drawDeath(state);
    }

    values(state) {
        const values = {};
        for (const [register, name] of MODE_BITS) {
            const [bit, , meaning] = this.session.data.bits[register].find((row) => row[1] === name);
            values[`${register}.${name}`] = {
                value: Number((BigInt(state[register.toLowerCase()]) >> BigInt(bit)) & 1n),
                meaning,
            };
        }
        const access = BigInt(state.segments.cs.access);
        values['CS.L'] = {
            value: Number((access >> CODE_L) & 1n),
            meaning: '64-bit code (only used in long mode)',
        };
        values['CS.D'] = { value: Number((access >> CODE_D) & 1n), meaning: '32-bit code' };
        values.IF = { value: Number((BigInt(state.rflags) >> 9n) & 1n), meaning: 'interrupts enabled' };
        values.A20 = { value: state.a20 ? 1 : 0, meaning: 'address line A20: off, addresses wrap at 1 MiB' };
        return values;
    }

    drawSentence(view) {
        const { session } = this;
        if (!view.running) {
            setText(this.sentence, session.sentence());
            return;
        }
        const chapter = session.chapters.at(view.state.count);
        setText(
            this.sentence,
            view.state.halted
                ? 'The CPU is halted and waits for an interrupt.'
                : `Running: ${session.symbols.owner(view.state.linear)}, after “${chapter.text}”.`,
        );
    }

    drawBranch() {
        const { branch } = this.session.machine;
        this.branch.hidden = !branch;
        if (branch)
            setText(
                this.branch,
                `What if: ${branch.what}, since instruction ${decimal(branch.from)}. Go back before it to leave this branch.`,
            );
    }

    drawDeath(state) {
        const { session } = this;
        this.death.hidden = !state.dead;
        if (state.dead)
            setText(this.death, deathSentence(state.dead, { ...session.data, symbols: session.symbols }));
    }
}
