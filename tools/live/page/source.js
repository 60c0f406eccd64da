// The source file in view with the line that runs, and the instructions around it.

import { el, hex, setText, decimal } from './format.js';
import { readable } from './instruction_text.js';

const AHEAD = 7; // instructions shown after the next one

export class Source {
    constructor(session) {
        this.session = session;
        this.lines = document.getElementById('source');
        this.file = document.getElementById('source-file');
        this.instructions = document.getElementById('instructions');
        this.shownFile = null;
        this.current = null;
    }

    draw(view) {
        const { place, state } = view;
        if (place?.path) this.showLine(place.file, place.line);
        else this.showNothing(this.session.symbols.owner(state.linear));
        setText(
            this.file,
            place?.path ? `${place.path}:${place.line}${place.name ? `, in ${place.name}` : ''}` : '',
        );
        this.drawInstructions(view);
    }

    showLine(file, line) {
        if (this.shownFile !== file) {
            this.shownFile = file;
            this.current = null;
            this.lines.replaceChildren(...this.listing(file));
        }
        const next = this.lines.children[line - 1] ?? null;
        if (next === this.current) return;
        for (const [element, isCurrent] of [
            [this.current, false],
            [next, true],
        ]) {
            element?.classList.toggle('current', isCurrent);
            if (isCurrent && element) element.setAttribute('aria-current', 'true');
            else element?.removeAttribute('aria-current');
        }
        this.current = next;
        if (next) this.centre(next);
    }

    centre(line) {
        const { lines } = this;
        const top = line.offsetTop;
        const isInView = top > lines.scrollTop + 40 && top < lines.scrollTop + lines.clientHeight - 60;
        if (!isInView) lines.scrollTop = top - lines.clientHeight / 3;
    }

    listing(file) {
        const { files } = this.session.data;
        if (!files[file].lines)
            return [el('p', { class: 'empty' }, `${files[file].path} is not in this page.`)];
        const withCode = this.session.symbols.linesWithCode(file);
        return files[file].lines.map((html, i) => {
            const number = i + 1;
            const text = el('code');
            text.innerHTML = html || ' ';
            const gutter = withCode.has(number)
                ? el(
                      'button',
                      {
                          'class': 'number',
                          'tabindex': '-1',
                          'title': `Run to line ${number} (with Shift: back to it)`,
                          'aria-label': `Run to line ${number}`,
                          'onclick': (event) => this.runTo(file, number, event.shiftKey ? -1 : 1),
                      },
                      String(number),
                  )
                : el('span', { class: 'number' }, String(number));
            return el('div', { class: 'line' }, gutter, text);
        });
    }

    runTo(file, line, direction) {
        const rip = this.session.symbols.lineAddresses(file, line);
        return this.session.seek({ rip }, direction, { nothing: `Line ${line} does not run` });
    }

    showNothing(owner) {
        if (this.shownFile === owner) return;
        this.shownFile = owner;
        this.current = null;
        this.lines.replaceChildren(
            el(
                'p',
                { class: 'empty' },
                owner === 'BIOS'
                    ? 'The BIOS runs. Its source is not in this page; its instructions are below.'
                    : 'This code has no names or lines here. Drop its .elf file on the page to add them.',
            ),
        );
    }

    drawInstructions(view) {
        const { machine, symbols } = this.session;
        const rows = [];
        if (view.step?.instruction && view.before.linear !== view.state.linear)
            rows.push(this.instruction(view.before.linear, view.step.instruction, 'done'));
        let linear = view.state.linear;
        for (let i = 0; i <= AHEAD; i++) {
            const instruction = machine.instruction(linear);
            if (!instruction) break;
            rows.push(this.instruction(linear, instruction, i === 0 ? 'next' : ''));
            linear += BigInt(instruction.length);
        }
        this.instructions.replaceChildren(...rows);
        this.instructions.setAttribute(
            'aria-label',
            `Instructions from ${symbols.describe(view.state.linear)} on, at instant ${decimal(view.state.count)}`,
        );
    }

    instruction(linear, { bytes, text }, kind) {
        const place = this.session.symbols.find(linear);
        const label =
            place?.name && place.offset === 0 ? el('div', { class: 'label' }, `${place.name}:`) : null;
        const shown = [...bytes].map((byte) => hex(byte, 2)).join(' ');
        const mark = { done: 'done', next: '▶' }[kind] ?? '';
        return el(
            'div',
            { class: `instruction ${kind}` },
            label,
            el('span', { class: 'mark' }, mark),
            el('span', { class: 'address' }, hex(linear, 5)),
            el('span', { class: 'text' }, readable(text, this.session.symbols)),
            el('span', { class: 'bytes' }, shown),
        );
    }
}
