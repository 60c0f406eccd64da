// The buttons of the page: run, step, speed, power, zoom, theme; and the same as commands for keys.

import { setText } from './format.js';
import { showHelp } from './help_dialog.js';

// instructions a second; the last one means as fast as possible
const SPEEDS = [2, 10, 100, 1000, 10000, 100000, 1000000, 0];
const PLAY = 'M4 2l10 6-10 6z',
    PAUSE = 'M3 2h4v12H3zM9 2h4v12H9z';
const STATUS_TIME = 6000; // milliseconds that a message stays

export class Controls {
    constructor(session, parts) {
        this.session = session;
        Object.assign(this, parts);
        this.commands = {
            ' ': () => session.toggle(),
            'Backspace': () => session.goBack(),
            '/': () => this.find.focus(),
            'f': () => this.find.focus(),
            '+': () => this.timeline.zoomIn(),
            '=': () => this.timeline.zoomIn(),
            '-': () => this.timeline.zoomOut(),
            '0': () => this.timeline.zoomAll(),
            'z': () => this.enlarge(),
            'p': () => this.predict.toggle(),
            'l': () => this.copyLink(),
            't': () => this.screen.element.focus(),
            '?': showHelp,
            'Escape': () => session.machine.cancel?.(),
        };
        this.wire();
        session.add({ live: false, draw: () => this.draw() });
    }

    wire() {
        const on = (id, handler) => document.getElementById(id).addEventListener('click', handler);
        for (const button of document.querySelectorAll('[data-do]'))
            button.addEventListener('click', (event) => this.step(button.dataset.do, event.shiftKey));
        on('run', () => this.session.toggle());
        on('back', () => this.session.goBack());
        on('predict', () => this.predict.toggle());
        on('machine-button', () => this.options.show());
        on('link', () => this.copyLink());
        on('help-button', showHelp);
        on('enlarge', () => this.enlarge());
        on('zoom-in', () => this.timeline.zoomIn());
        on('zoom-out', () => this.timeline.zoomOut());
        on('zoom-all', () => this.timeline.zoomAll());
        on('power', () => this.options.powerOn());
        this.wireSpeed();
        this.wireTheme(on);
        this.session.on('run', (isRunning, reason) => this.showRunning(isRunning, reason));
        this.session.on('busy', (isBusy) => this.showBusy(isBusy));
        this.session.on('status', (text) => this.showStatus(text));
    }

    wireSpeed() {
        const input = document.getElementById('speed'),
            output = document.getElementById('speed-text');
        const show = () => {
            const speed = SPEEDS[Number(input.value)];
            output.textContent = speed ? `${speed.toLocaleString('en')} a second` : 'full';
            input.setAttribute('aria-valuetext', speed ? `${speed} instructions a second` : 'full speed');
            this.session.setSpeed(speed);
        };
        input.addEventListener('input', show);
        show();
    }

    wireTheme(on) {
        const dark = matchMedia('(prefers-color-scheme: dark)');
        const set = (isDark) => {
            document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
            this.timeline.redraw();
        };
        set(dark.matches);
        dark.addEventListener('change', () => set(dark.matches));
        on('theme', () => set(document.documentElement.dataset.theme !== 'dark'));
    }

    // A step of steps.js; on a step ahead "Predict" asks first.
    async step(what, over) {
        const { session } = this;
        const make = () => this.steps.do(what, over);
        if (session.running) await session.stop();
        if (this.predict.isOn && (what === 'step+' || what === 'line+')) await this.predict.ask(make, what === 'line+');
        else await make();
    }

    enlarge() {
        const isLarge = document.getElementById('app').classList.toggle('enlarged');
        document.getElementById('enlarge').setAttribute('aria-pressed', String(isLarge));
    }

    showRunning(isRunning) {
        const button = document.getElementById('run');
        button.querySelector('path').setAttribute('d', isRunning ? PAUSE : PLAY);
        setText(button.querySelector('span'), isRunning ? 'Pause' : 'Run');
    }

    // A search that takes a noticeable time shows that it is running.
    showBusy(isBusy) {
        if (isBusy) document.body.dataset.busy = 'yes';
        else delete document.body.dataset.busy;
    }

    draw() {
        document.getElementById('back').disabled = this.session.trail.length === 0;
    }

    showStatus(text) {
        const status = document.getElementById('status');
        clearTimeout(this.statusTimer);
        setText(status, text);
        if (text) this.statusTimer = setTimeout(() => setText(status, ''), STATUS_TIME);
    }
}
