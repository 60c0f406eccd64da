// The timeline's view: which instants are in view, and what mouse, wheel and keys do to it.
// timeline_picture.js draws it.

import { decimal, setText } from './format.js';
import { callName } from './bios_words.js';
import { TimelinePicture, LEFT } from './timeline_picture.js';

const SHORTEST = 40; // instructions, fully zoomed in
const ZOOM_STEP = 1.5;
const WHEEL_PART = 1 / 400; // of what is in view, for one unit of the wheel

export class Timeline {
    constructor(session) {
        this.session = session;
        this.element = document.getElementById('timeline');
        this.tip = document.getElementById('timeline-tip');
        this.clock = document.getElementById('clock');
        this.picture = new TimelinePicture(this.element.querySelector('canvas'), session);
        this.range = { from: 0, to: 1 };
        this.isWhole = true;
        this.target = null;
        this.element.addEventListener('pointerdown', (event) => this.pressed(event));
        this.element.addEventListener('pointermove', (event) => this.moved(event));
        this.element.addEventListener('pointerleave', () => {
            this.tip.hidden = true;
        });
        this.element.addEventListener('wheel', (event) => this.wheeled(event), { passive: false });
        new ResizeObserver(() => this.redraw()).observe(this.element);
    }

    redraw() {
        if (this.session.view) this.draw(this.session.view);
    }

    draw({ state }) {
        const { machine } = this.session;
        if (this.isWhole) this.range = { from: 0, to: Math.max(machine.end, 1) };
        else this.keepInView(state.count);
        this.picture.draw(this.range, state.count);
        const chapter = this.session.chapters.at(state.count);
        const words = `${decimal(state.count)} of ${decimal(machine.end)} instructions`;
        setText(this.clock, `${decimal(state.count)} / ${decimal(machine.end)}`);
        this.element.setAttribute('aria-valuemax', machine.end);
        this.element.setAttribute('aria-valuenow', state.count);
        this.element.setAttribute('aria-valuetext', `${words}, chapter ${chapter.text}`);
    }

    keepInView(count) {
        const { from, to } = this.range;
        if (count >= from && count <= to) return;
        const length = to - from;
        this.range = { from: Math.max(0, count - length / 2), to: Math.max(0, count - length / 2) + length };
    }

    // Shows more or less of the run around an instant.
    zoom(factor, around = this.session.machine.count) {
        const most = Math.max(this.session.machine.end, SHORTEST);
        const length = Math.min(most, Math.max(SHORTEST, (this.range.to - this.range.from) * factor));
        const part = (around - this.range.from) / (this.range.to - this.range.from);
        const from = Math.min(Math.max(0, around - part * length), most - length);
        this.range = { from, to: from + length };
        this.isWhole = length >= most;
        this.redraw();
    }

    zoomIn(around) {
        this.zoom(1 / ZOOM_STEP, around);
    }

    zoomOut(around) {
        this.zoom(ZOOM_STEP, around);
    }

    zoomAll() {
        this.isWhole = true;
        this.redraw();
    }

    countAt(event) {
        const box = this.element.getBoundingClientRect();
        const part = (event.clientX - box.left - LEFT) / Math.max(1, box.width - LEFT);
        const count = Math.round(
            this.range.from + Math.min(1, Math.max(0, part)) * (this.range.to - this.range.from),
        );
        return Math.min(count, this.session.machine.end);
    }

    pressed(event) {
        this.element.setPointerCapture(event.pointerId);
        this.element.focus();
        this.session.remember();
        this.scrub(this.picture.chapterAt(event)?.count ?? this.countAt(event));
    }

    moved(event) {
        if (event.buttons & 1) this.scrub(this.countAt(event));
        this.showTip(event);
    }

    wheeled(event) {
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) {
            this.zoom(ZOOM_STEP ** Math.sign(event.deltaY), this.countAt(event));
            return;
        }
        const delta = (event.deltaY || event.deltaX) * (this.range.to - this.range.from) * WHEEL_PART;
        const step = Math.sign(delta) * Math.max(1, Math.abs(Math.round(delta)));
        const from = this.target ?? this.session.machine.count;
        this.scrub(Math.min(this.session.machine.end, Math.max(0, from + step)));
    }

    // Goes to the latest requested instant; those in between are skipped if time is short.
    async scrub(count) {
        const isOn = this.target !== null;
        this.target = count;
        if (isOn) return;
        for (let wanted = null; wanted !== this.target;) {
            wanted = this.target;
            await this.session.go(wanted, { jump: false });
        }
        this.target = null;
    }

    showTip(event) {
        const count = this.countAt(event);
        const mark = this.picture.markAt(event);
        const who = this.picture.whoAt(event);
        const texts = [decimal(count), mark ? describe(mark) : who].filter(Boolean);
        this.tip.textContent = texts.join(' · ');
        this.tip.hidden = false;
        const box = this.element.getBoundingClientRect();
        this.tip.style.left = `${Math.min(box.width - this.tip.offsetWidth - 4, event.clientX - box.left + 10)}px`;
    }
}

function describe(event) {
    switch (event.kind) {
        case 'bios':
            return callName(event);
        case 'interrupt':
            return `interrupt, vector ${event.vector.toString(16).toUpperCase()}h`;
        case 'exception':
            return `exception, vector ${event.vector}`;
        case 'mode':
            return `${event.from} → ${event.to}`;
        default:
            return event.kind;
    }
}
