// Draws the timeline: chapters as flags, who runs as bands with their own hatching, BIOS calls,
// interrupts, exceptions and mode changes as marks of their own shape, and the count as an axis.

import { decimal } from './format.js';
import { WHO } from './symbols.js';

export const LEFT = 92; // pixels for the names of the rows
const ROWS = {
    chapters: [1, 18],
    who: [20, 17],
    bios: [39, 12],
    interrupts: [52, 12],
    modes: [65, 12],
    axis: [79, 16],
};
export const HEIGHT = 96;
const NEAR = 6; // pixels from the mouse to a mark
const NAMES = {
    chapters: 'chapters',
    who: 'who runs',
    bios: 'BIOS calls',
    interrupts: 'interrupts',
    modes: 'modes, faults',
};
const ROW_OF_KIND = {
    bios: 'bios',
    interrupt: 'interrupts',
    mode: 'modes',
    exception: 'modes',
    reset: 'modes',
};

export class TimelinePicture {
    constructor(canvas, session) {
        this.canvas = canvas;
        this.session = session;
        this.marks = [];
        this.flags = [];
        this.owners = new Uint8Array(0);
    }

    draw(range, count) {
        const { canvas } = this;
        const box = canvas.parentElement.getBoundingClientRect();
        const scale = window.devicePixelRatio || 1;
        if (box.width < LEFT + 10) return;
        if (canvas.width !== Math.round(box.width * scale)) {
            canvas.width = Math.round(box.width * scale);
            canvas.height = HEIGHT * scale;
        }
        this.width = box.width - LEFT;
        this.range = range;
        this.style = getComputedStyle(canvas);
        const pen = (this.pen = canvas.getContext('2d'));
        pen.setTransform(scale, 0, 0, scale, 0, 0);
        pen.clearRect(0, 0, box.width, HEIGHT);
        pen.font = `11px ${this.style.fontFamily}`;
        pen.textBaseline = 'middle';
        this.drawNames();
        this.drawWho();
        this.drawEvents();
        this.drawAxis();
        this.drawChapters(count);
        this.drawCursor(count);
    }

    colour(name) {
        return this.style.getPropertyValue(`--${name}`);
    }

    x(count) {
        return LEFT + ((count - this.range.from) / (this.range.to - this.range.from)) * this.width;
    }

    drawNames() {
        const { pen } = this;
        pen.fillStyle = this.colour('quiet');
        pen.textAlign = 'right';
        for (const [row, name] of Object.entries(NAMES))
            pen.fillText(name, LEFT - 8, ROWS[row][0] + ROWS[row][1] / 2);
        pen.textAlign = 'left';
    }

    drawWho() {
        const { machine } = this.session;
        const { pen } = this;
        const buckets = Math.max(1, Math.floor(this.width));
        this.owners = machine.owners(this.range.from, this.range.to, buckets);
        const [top, height] = ROWS.who;
        for (let start = 0; start < buckets;) {
            const who = this.owners[start];
            let end = start + 1;
            while (end < buckets && this.owners[end] === who) end++;
            if (who) this.band(who, LEFT + start, top, end - start, height);
            start = end;
        }
        pen.strokeStyle = this.colour('line');
        pen.strokeRect(LEFT + 0.5, top + 0.5, this.width - 1, height - 1);
    }

    band(who, left, top, width, height) {
        const { pen } = this;
        pen.fillStyle = this.colour(`who-${who}`);
        pen.fillRect(left, top, width, height);
        this.hatch(who, left, top, width, height);
        const text = WHO[who];
        const room = pen.measureText(text).width + 12;
        if (width < room) return;
        pen.fillStyle = this.colour('raised');
        pen.fillRect(left + 4, top + 2, room - 4, height - 4);
        pen.fillStyle = this.colour('ink');
        pen.fillText(text, left + 8, top + height / 2 + 0.5);
    }

    // Lines with their own slant and distance for each class.
    hatch(who, left, top, width, height) {
        const { pen } = this;
        const [distance, slant] = [
            [0, 0],
            [6, 1],
            [3, 0],
            [5, -1],
            [0, 0],
            [4, 0],
        ][who];
        if (!distance || width < 3) return;
        pen.save();
        pen.beginPath();
        pen.rect(left, top, width, height);
        pen.clip();
        pen.strokeStyle = this.colour('hatch');
        pen.beginPath();
        for (let x = left - height - (left % distance); x < left + width + height; x += distance) {
            pen.moveTo(x, top + height);
            pen.lineTo(x + slant * height, top);
        }
        pen.stroke();
        pen.restore();
    }

    drawEvents() {
        const { machine } = this.session;
        const drawn = new Set();
        this.marks = [];
        for (const event of machine.events(Math.floor(this.range.from), Math.ceil(this.range.to))) {
            const row = ROW_OF_KIND[event.kind];
            if (!row || (event.kind === 'interrupt' && !event.hardware)) continue;
            const x = Math.round(this.x(event.count));
            const place = `${event.kind} ${x}`;
            if (x < LEFT || drawn.has(place)) continue;
            drawn.add(place);
            this.marks.push({ x, row, event });
            this.mark(event.kind, x, ROWS[row][0] + ROWS[row][1] / 2);
        }
    }

    mark(kind, x, y) {
        const { pen } = this;
        pen.fillStyle = pen.strokeStyle = this.colour(`mark-${kind}`);
        pen.beginPath();
        if (kind === 'bios') {
            // a triangle
            pen.moveTo(x, y - 4);
            pen.lineTo(x + 4, y + 4);
            pen.lineTo(x - 4, y + 4);
            pen.fill();
        } else if (kind === 'interrupt') {
            // a stroke
            pen.fillRect(x - 0.5, y - 5, 1.5, 10);
        } else if (kind === 'mode') {
            // a diamond
            pen.moveTo(x, y - 5);
            pen.lineTo(x + 4, y);
            pen.lineTo(x, y + 5);
            pen.lineTo(x - 4, y);
            pen.fill();
        } else {
            // a cross
            pen.lineWidth = 1.8;
            pen.moveTo(x - 4, y - 4);
            pen.lineTo(x + 4, y + 4);
            pen.moveTo(x + 4, y - 4);
            pen.lineTo(x - 4, y + 4);
            pen.stroke();
            pen.lineWidth = 1;
        }
    }

    drawChapters(count) {
        const { pen, session } = this;
        const [top, height] = ROWS.chapters;
        const chapters = session.chapters.found;
        const current = session.chapters.at(count);
        let free = LEFT;
        this.flags = [];
        for (const [i, chapter] of chapters.entries()) {
            const x = this.x(chapter.count);
            if (x < LEFT - 1 || x > LEFT + this.width) continue;
            pen.fillStyle = this.colour(chapter === current ? 'accent' : 'quiet');
            pen.fillRect(x - 0.5, top, chapter === current ? 2 : 1, ROWS.axis[0] - top);
            pen.font = `${chapter === current ? '600 ' : ''}11px ${this.style.fontFamily}`;
            const text = chapter.text,
                width = pen.measureText(text).width;
            const next =
                chapters
                    .slice(i + 1)
                    .map((row) => this.x(row.count))
                    .find((at) => at > x + 4) ?? Infinity;
            const isOutOfRoom = x + width > LEFT + this.width;
            const at = isOutOfRoom ? x - width - 4 : x + 4;
            if (at >= free && (chapter === current || x + width + 8 < next || isOutOfRoom)) {
                pen.fillText(text, at, top + height / 2);
                free = at + width + 6;
            }
            this.flags.push({ x, to: Math.min(next, x + Math.max(12, width)), chapter });
        }
    }

    drawAxis() {
        const { pen } = this;
        const [top, height] = ROWS.axis;
        const length = this.range.to - this.range.from;
        const rough = length / Math.max(2, this.width / 110);
        const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
        const step =
            [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
        pen.strokeStyle = this.colour('line');
        pen.fillStyle = this.colour('quiet');
        pen.beginPath();
        for (let count = Math.ceil(this.range.from / step) * step; count <= this.range.to; count += step) {
            const x = Math.round(this.x(count)) + 0.5;
            pen.moveTo(x, top);
            pen.lineTo(x, top + 4);
            const text = decimal(count);
            if (x + pen.measureText(text).width / 2 < LEFT + this.width && x > LEFT + 4) {
                pen.textAlign = 'center';
                pen.fillText(text, x, top + height / 2 + 4);
            }
        }
        pen.textAlign = 'left';
        pen.stroke();
    }

    drawCursor(count) {
        const { pen } = this;
        const x = this.x(count);
        pen.fillStyle = this.colour('cursor');
        pen.fillRect(x - 1, ROWS.who[0] - 4, 2, ROWS.axis[0] - ROWS.who[0] + 6);
        pen.beginPath();
        pen.moveTo(x - 6, ROWS.axis[0] + 9);
        pen.lineTo(x + 6, ROWS.axis[0] + 9);
        pen.lineTo(x, ROWS.axis[0]);
        pen.fill();
    }

    place(event) {
        const box = this.canvas.getBoundingClientRect();
        return { x: event.clientX - box.left, y: event.clientY - box.top };
    }

    markAt(event) {
        const { x, y } = this.place(event);
        const near = this.marks.filter(
            ({ row, x: at }) =>
                Math.abs(at - x) <= NEAR && y >= ROWS[row][0] && y < ROWS[row][0] + ROWS[row][1],
        );
        near.sort((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
        return near[0]?.event ?? null;
    }

    chapterAt(event) {
        const { x, y } = this.place(event);
        if (y >= ROWS.chapters[0] + ROWS.chapters[1]) return null;
        return this.flags.findLast((flag) => x >= flag.x - 4 && x <= flag.to)?.chapter ?? null;
    }

    whoAt(event) {
        return WHO[this.owners[Math.floor(this.place(event).x - LEFT)] ?? 0] ?? '';
    }
}
