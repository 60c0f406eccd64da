// Memory in hexadecimal, from any physical or linear address: bytes just read and written are
// marked, and a click on one shows what wrote it.  Arrow keys move within it.

import { el, hex, hexh, parseHex, printable } from './format.js';
import { variableAt, variableText } from './variables.js';

const ROWS = 14,
    COLUMNS = 16;

export class HexView {
    id = 'hex';
    title = 'Hex';

    constructor(session, inspector) {
        this.session = session;
        this.inspector = inspector;
        this.address = 0x7c00;
        this.cursor = 0;
        this.cells = [];
        this.input = el('input', { id: 'hex-address', value: '7C00', size: 18, spellcheck: 'false' });
        this.where = el('small', { role: 'status' });
        const form = el(
            'form',
            {
                class: 'row',
                onsubmit: (event) => {
                    event.preventDefault();
                    this.goTo(this.input.value);
                },
            },
            el('label', { for: 'hex-address' }, 'Address or name '),
            this.input,
            el('button', { type: 'submit' }, 'Show'),
            el(
                'button',
                {
                    'type': 'button',
                    'aria-label': 'Page back',
                    'title': 'Page back',
                    'onclick': () => this.show(this.address - ROWS * COLUMNS),
                },
                '▴',
            ),
            el(
                'button',
                {
                    'type': 'button',
                    'aria-label': 'Page forward',
                    'title': 'Page forward',
                    'onclick': () => this.show(this.address + ROWS * COLUMNS),
                },
                '▾',
            ),
            this.where,
        );
        this.grid = el('div', { 'class': 'hex', 'role': 'grid', 'aria-label': 'Bytes' });
        for (let row = 0; row < ROWS; row++) this.grid.append(this.row(row));
        this.grid.addEventListener('keydown', (event) => this.keyPressed(event));
        this.element = el('div', {}, form, this.grid);
    }

    row(row) {
        const address = el('span', { class: 'address', role: 'rowheader' });
        const text = el('span', { class: 'ascii', role: 'gridcell' });
        const cells = Array.from({ length: COLUMNS }, (_, column) => {
            const index = row * COLUMNS + column;
            const button = el('button', {
                class: 'byte',
                tabindex: index ? '-1' : '0',
                onclick: () => this.inspect(index),
            });
            this.cells.push(button);
            return el('span', { role: 'gridcell' }, button);
        });
        const element = el('div', { role: 'row' }, address, ...cells, text);
        Object.assign(element, { addressCell: address, textCell: text });
        return element;
    }

    goTo(text) {
        const linear =
            this.session.symbols.completions(text, 1).find(([name]) => name === text)?.[1] ?? parseHex(text);
        const physical = linear === null ? null : (this.session.machine.translate(linear) ?? Number(linear));
        if (physical === null || physical > 0xffffffff)
            this.where.textContent = 'This is neither a name nor an address that is mapped here.';
        else this.show(physical);
    }

    show(physical) {
        this.address = Math.max(0, Math.floor(physical / COLUMNS) * COLUMNS);
        this.input.value = hex(physical);
        this.moveTo(Math.max(0, physical - this.address) % (ROWS * COLUMNS), false);
        this.draw(this.session.view);
    }

    draw({ accesses }) {
        const bytes = this.session.machine.read(this.address, ROWS * COLUMNS);
        const touched = (list) => {
            const found = new Set();
            for (const [address, length] of list)
                for (let i = 0; i < length; i++) found.add(address + i - this.address);
            return found;
        };
        const reads = touched(accesses.reads),
            writes = touched(accesses.writes);
        this.cells.forEach((cell, i) => {
            cell.textContent = i < bytes.length ? hex(bytes[i], 2) : '--';
            const state = writes.has(i) ? 'write' : reads.has(i) ? 'read' : '';
            cell.className = `byte ${state}`;
            cell.setAttribute(
                'aria-label',
                `${hexh(this.address + i)}: ${hex(bytes[i] ?? 0, 2)}${state ? `, just ${state === 'write' ? 'written' : 'read'}` : ''}`,
            );
        });
        [...this.grid.children].forEach((row, i) => {
            row.addressCell.textContent = hex(this.address + i * COLUMNS, 6);
            row.textCell.textContent = [...bytes.slice(i * COLUMNS, (i + 1) * COLUMNS)]
                .map(printable)
                .join('');
        });
        const owner = this.session.data.owners.find(
            ({ from, to }) => this.address >= from && this.address < to,
        );
        this.owner = owner?.what ?? '';
        this.describeByte();
    }

    // The variable that the chosen byte belongs to, or else whose memory this is
    describeByte() {
        const { machine, symbols } = this.session;
        const variable = variableAt(machine, symbols, this.address + this.cursor);
        this.where.textContent = variable ? variableText(variable) : this.owner;
    }

    keyPressed(event) {
        const step = {
            ArrowLeft: -1,
            ArrowRight: 1,
            ArrowUp: -COLUMNS,
            ArrowDown: COLUMNS,
            PageUp: -ROWS * COLUMNS,
            PageDown: ROWS * COLUMNS,
        }[event.key];
        if (!step || event.ctrlKey || event.altKey) return;
        event.preventDefault();
        event.stopPropagation();
        const next = this.cursor + step;
        if (next >= 0 && next < this.cells.length) this.moveTo(next, true);
        else this.show(this.address + Math.sign(step) * Math.max(COLUMNS, Math.abs(step)));
    }

    moveTo(index, focus) {
        this.cells[this.cursor].tabIndex = -1;
        this.cursor = index;
        this.cells[index].tabIndex = 0;
        this.describeByte();
        if (focus) this.cells[index].focus();
    }

    inspect(index) {
        this.moveTo(index, true);
        this.inspector.open({ kind: 'memory', address: this.address + index, length: 1 }, this.cells[index]);
    }
}
