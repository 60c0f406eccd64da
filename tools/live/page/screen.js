// The 80x25 screen: the guest's cells in the VGA's own font; a click on one shows what wrote it.

import { hexh, setText } from './format.js';
import { findFont, GLYPH_HEIGHT } from './vga_font.js';

const COLUMNS = 80,
    ROWS = 25,
    GLYPH_WIDTH = 8;
const ROM_START = 0xc0000,
    ROM_SIZE = 0x10000;
// the VGA's 16 colours, as 0xBBGGRR for a little-endian canvas
const COLOURS = [
    0x000000, 0xaa0000, 0x00aa00, 0xaaaa00, 0x0000aa, 0xaa00aa, 0x0055aa, 0xaaaaaa, 0x555555, 0xff5555,
    0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
];
const CURSOR_ROWS = [14, 15];

export class Screen {
    live = true; // drawn with every frame of a run

    constructor(session, inspector) {
        this.session = session;
        this.inspector = inspector;
        this.element = document.getElementById('screen');
        this.canvas = this.element.querySelector('canvas');
        this.context = this.canvas.getContext('2d', { alpha: false });
        this.picture = this.context.createImageData(COLUMNS * GLYPH_WIDTH, ROWS * GLYPH_HEIGHT);
        this.pixels = new Uint32Array(this.picture.data.buffer);
        this.shown = new Int32Array(COLUMNS * ROWS).fill(-1);
        this.text = document.getElementById('screen-text');
        this.hint = document.getElementById('screen-hint');
        this.marker = document.getElementById('screen-cell');
        this.cell = 0;
        this.font = null;
        this.element.addEventListener('click', (event) => this.clicked(event));
        this.element.addEventListener('focus', () => this.showHint());
        this.element.addEventListener('blur', () => this.showHint());
    }

    draw(view) {
        const { machine } = this.session;
        this.font ??= findFont(machine.read(ROM_START, ROM_SIZE));
        const cells = machine.cells(),
            cursor = machine.cursor();
        const at = cursor.visible ? cursor.row * COLUMNS + cursor.column : -1;
        let first = ROWS,
            last = -1;
        for (let i = 0; i < cells.length; i++) {
            const value = cells[i] | (i === at ? 0x10000 : 0);
            if (value === this.shown[i]) continue;
            this.shown[i] = value;
            this.paint(i, value);
            first = Math.min(first, Math.floor(i / COLUMNS));
            last = Math.max(last, Math.floor(i / COLUMNS));
        }
        if (last >= 0)
            this.context.putImageData(
                this.picture,
                0,
                0,
                0,
                first * GLYPH_HEIGHT,
                COLUMNS * GLYPH_WIDTH,
                (last - first + 1) * GLYPH_HEIGHT,
            );
        if (!view.running) {
            setText(
                this.text,
                machine
                    .screen()
                    .map((row) => row.trimEnd())
                    .join('\n')
                    .trimEnd(),
            );
            this.mark(view);
        }
        this.marker.hidden = view.running || this.marker.hidden;
        this.showHint();
    }

    paint(index, value) {
        const { pixels, font } = this;
        const code = value & 0xff,
            attribute = (value >> 8) & 0xff,
            hasCursor = value >> 16;
        const ink = COLOURS[attribute & 15] | 0xff000000,
            paper = COLOURS[(attribute >> 4) & 7] | 0xff000000;
        const stride = COLUMNS * GLYPH_WIDTH;
        let at = Math.floor(index / COLUMNS) * GLYPH_HEIGHT * stride + (index % COLUMNS) * GLYPH_WIDTH;
        for (let row = 0; row < GLYPH_HEIGHT; row++, at += stride) {
            let bits = font ? font[code * GLYPH_HEIGHT + row] : 0;
            if (hasCursor && CURSOR_ROWS.includes(row)) bits = 0xff;
            for (let column = 0; column < GLYPH_WIDTH; column++)
                pixels[at + column] = bits & (0x80 >> column) ? ink : paper;
        }
    }

    // Frames the cell that the last step wrote, if it wrote one.
    mark(view) {
        const base = this.session.data.constants.VGA_TEXT_ADDRESS;
        const written = view.accesses.writes.find(
            ([address]) => address >= base && address < base + 2 * COLUMNS * ROWS,
        );
        this.marker.hidden = !written;
        if (written) this.frame((written[0] - base) >> 1);
    }

    frame(cell) {
        this.cell = cell;
        this.marker.hidden = false;
        this.marker.style.left = `${((cell % COLUMNS) / COLUMNS) * 100}%`;
        this.marker.style.top = `${(Math.floor(cell / COLUMNS) / ROWS) * 100}%`;
    }

    moveCell(columns, rows) {
        const column = Math.min(COLUMNS - 1, Math.max(0, (this.cell % COLUMNS) + columns));
        const row = Math.min(ROWS - 1, Math.max(0, Math.floor(this.cell / COLUMNS) + rows));
        this.frame(row * COLUMNS + column);
    }

    showHint() {
        const focused = document.activeElement === this.element;
        const running = this.session.running;
        setText(
            this.hint,
            running
                ? focused
                    ? 'Keys go to the PC. Shift+Esc pauses and leaves the screen.'
                    : 'Click the screen to type.'
                : 'Click a character to see who wrote it (keys: Alt+arrows, Enter).',
        );
    }

    clicked(event) {
        this.element.focus();
        if (this.session.running) return;
        const box = this.canvas.getBoundingClientRect();
        const column = Math.floor(((event.clientX - box.left) / box.width) * COLUMNS);
        const row = Math.floor(((event.clientY - box.top) / box.height) * ROWS);
        if (column < 0 || column >= COLUMNS || row < 0 || row >= ROWS) return;
        this.frame(row * COLUMNS + column);
        this.inspectCell();
    }

    inspectCell() {
        const { data, machine } = this.session;
        const row = Math.floor(this.cell / COLUMNS),
            column = this.cell % COLUMNS;
        const address = data.constants.VGA_TEXT_ADDRESS + 2 * this.cell;
        const letter = [...(machine.screen()[row] ?? '')][column] ?? ' ';
        this.inspector.open(
            {
                kind: 'memory',
                address,
                length: 2,
                title: `Screen, row ${row}, column ${column}: “${letter}”`,
                note: `${attributeWords(machine.cells()[this.cell] >> 8)}; the cell is at ${hexh(address, 5)}`,
            },
            this.marker,
        );
    }
}

// What the attribute byte of a cell means, in words.
export function attributeWords(attribute) {
    const names = [
        'black',
        'blue',
        'green',
        'cyan',
        'red',
        'magenta',
        'brown',
        'light grey',
        'dark grey',
        'light blue',
        'light green',
        'light cyan',
        'light red',
        'pink',
        'yellow',
        'white',
    ];
    return `${names[attribute & 15]} on ${names[(attribute >> 4) & 7]}${attribute & 0x80 ? ', blinking' : ''}`;
}
