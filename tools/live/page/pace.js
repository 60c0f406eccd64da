// Running visibly: slices of a few milliseconds between which the page draws and takes
// keys.  The guest's clock follows the wall clock if the host is fast enough.  A guest that waits
// gets its time in frames, which grow while nothing shows that anything happens; between them the
// page sleeps, until a key wakes it.

import { TICKS_PER_SECOND } from './pc.js';
import { engineCondition } from './find.js';

const SLICE = 12;           // milliseconds of running
const CHUNK = 50000;        // instructions between two readings of the host's clock
const MOST_BEHIND = 50;     // milliseconds of guest time that are caught up with after a delay
const FRAME = 16;           // milliseconds of guest time at once while something happens
const LONGEST_FRAME = 250;  // ... while nothing does

export class Run {
    // speed: instructions a second
    constructor(machine, { until = null, speed = 0 }) {
        Object.assign(this, { machine, condition: until && engineCondition(until), speed: speed || Infinity,
            inputs: [], stopped: false, frame: FRAME, shown: null });
    }

    // A key, pressed where the machine is now
    input(input) {
        this.inputs.push(input);
        this.frame = FRAME;
        this.wake?.();
    }

    stop() {
        this.stopped = true;
        this.wake?.();
    }

    // Resolves with the reason for its end: 'pause', 'hit' (with `until`) or 'dead'
    async perform() {
        const { machine } = this;
        machine.emit('run', true);
        let reason;
        try {
            reason = await this.toItsEnd();
        } finally {
            machine.pc.pauseHalted();
            if (machine.running === this)
                machine.running = null;
            this.inputs.forEach((input) => machine.addInput(input));
            machine.emit('run', false);
        }
        if (reason === 'dead')
            machine.emit('dead', machine.death());
        return reason;
    }

    async toItsEnd() {
        this.clock = new Clock(this.machine.pc, this.speed);
        while (!this.stopped) {
            this.inputs.splice(0).forEach((input) => this.machine.addInput(input));
            const reason = await this.slice();
            this.machine.emit('change');
            if (reason === 'hit' || reason === 'dead')
                return reason;
            await this.sleep(this.speed === Infinity ? reason === 'halt' ? this.clock.ahead() : 0 : FRAME);
            this.clock = this.clock.caughtUp();
        }
        return 'pause';
    }

    async slice() {
        const { machine, clock } = this, started = performance.now();
        this.measure();
        machine.pc.pauseHalted(clock.due(this.frame));
        for (;;) {
            const [reason] = await machine.forward(machine.count + clock.allowance(CHUNK), this.condition);
            if (reason !== 'count' || clock.allowance(1) < 1)
                return reason;
            if (performance.now() - started > SLICE)
                return 'count';
        }
    }

    // The next frame's length: that of the screen, or longer the longer it stays as it is
    measure() {
        const shown = this.machine.cells(), before = this.shown;
        const isSame = before && shown.every((cell, i) => cell === before[i]);
        this.shown = shown;
        this.frame = isSame ? Math.min(2 * this.frame, LONGEST_FRAME) : FRAME;
    }

    sleep(milliseconds) {
        if (this.stopped || this.inputs.length)
            return null;
        return new Promise((resolve) => {
            const timer = setTimeout(resolve, milliseconds);
            this.wake = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }
}

class Clock {
    constructor(pc, speed) {
        Object.assign(this, { pc, speed, wall: performance.now(), ticks: pc.ticks, count: pc.count });
    }

    get passed() { return performance.now() - this.wall; }

    // The guest's clock when it is a frame ahead of the wall clock
    due(frame) { return this.ticks + (this.passed + frame) * TICKS_PER_SECOND / 1000; }

    // How many milliseconds the guest is ahead of the wall clock
    ahead() { return Math.max(0, (this.pc.ticks - this.ticks) / TICKS_PER_SECOND * 1000 - this.passed); }

    // How many instructions may run now, at most `most`
    allowance(most) {
        if (this.speed === Infinity)
            return most;
        const due = Math.floor((this.passed + FRAME) * this.speed / 1000) - (this.pc.count - this.count);
        return Math.max(0, Math.min(most, due));
    }

    // Time that the host spent elsewhere is not caught up
    caughtUp() {
        const guest = (this.pc.ticks - this.ticks) / TICKS_PER_SECOND * 1000;
        return this.speed === Infinity && this.passed - guest > MOST_BEHIND ? new Clock(this.pc, this.speed) : this;
    }
}
