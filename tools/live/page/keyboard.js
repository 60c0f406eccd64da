// What keys do: those typed on the running screen go to the PC, the others step and run it.

import { keyNumber } from './keys.js';

// key, with Ctrl+ before it if that matters -> a step of steps.js, or a command of the page
const STEPS = {
    'ArrowRight': 'step+',
    'ArrowLeft': 'step-',
    'ArrowDown': 'line+',
    'ArrowUp': 'line-',
    'Ctrl+ArrowRight': 'bios+',
    'Ctrl+ArrowLeft': 'bios-',
    'Ctrl+ArrowDown': 'chapter+',
    'Ctrl+ArrowUp': 'chapter-',
    'PageDown': 'chapter+',
    'PageUp': 'chapter-',
    'Home': 'home',
    'End': 'end',
    'b': 'bios+',
    'B': 'bios-',
};
const CELL_STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keyboard {
    constructor(session, screen, controls) {
        Object.assign(this, { session, screen, controls });
        this.down = new Set();
        document.addEventListener('keydown', (event) => this.pressed(event));
        document.addEventListener('keyup', (event) => this.released(event));
        screen.element.addEventListener('blur', () => this.releaseAll());
    }

    typesIntoGuest(event) {
        return this.session.running && this.screen.element.contains(event.target);
    }

    pressed(event) {
        if (this.typesIntoGuest(event)) {
            this.toGuest(event);
            return;
        }
        if (event.defaultPrevented || event.metaKey || document.querySelector('dialog[open]')) return;
        if (event.target.closest('input, select, textarea')) return;
        const isButton = event.target.closest('button') !== null;
        if (isButton && (event.key === ' ' || event.key === 'Enter')) return;
        if (this.cellKey(event) || this.stepKey(event) || this.commandKey(event)) event.preventDefault();
    }

    toGuest(event) {
        event.preventDefault();
        if (event.shiftKey && event.key === 'Escape') {
            this.releaseAll();
            this.session.stop();
            document.getElementById('run').focus();
            return;
        }
        if (keyNumber(event.code) === undefined) return;
        this.down.add(event.code);
        this.session.machine.key(event.code, true);
        this.session.noteKey();
    }

    released(event) {
        if (!this.down.delete(event.code)) return;
        event.preventDefault();
        this.session.machine.key(event.code, false);
    }

    // Keys that are down when the screen loses the focus must not stay down.
    releaseAll() {
        for (const code of this.down) this.session.machine.key(code, false);
        this.down.clear();
    }

    cellKey(event) {
        if (event.target !== this.screen.element) return false;
        const step = event.altKey && CELL_STEPS[event.key];
        if (step) this.screen.moveCell(...step);
        else if (event.key === 'Enter') this.screen.inspectCell();
        return Boolean(step) || event.key === 'Enter';
    }

    stepKey(event) {
        if (event.altKey) return false;
        const step = STEPS[event.ctrlKey ? `Ctrl+${event.key}` : event.key];
        if (!step) return false;
        this.controls.step(step, event.shiftKey);
        return true;
    }

    commandKey(event) {
        if (event.ctrlKey || event.altKey) return false;
        const command = this.controls.commands[event.key];
        if (command) command();
        return Boolean(command);
    }
}
