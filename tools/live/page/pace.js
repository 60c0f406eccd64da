// Running visibly: slices of a few milliseconds, between which the page draws and takes
// keys.  The guest's clock follows the wall clock if the host is fast enough; a halted guest that
// is ahead lets the page sleep.

import { TICKS_PER_SECOND } from './pc.js';
import { engineCondition } from './find.js';

const SLICE = 12;           // milliseconds of running
const CHUNK = 50000;        // instructions between two readings of the host's clock
const MOST_BEHIND = 50;     // milliseconds of guest time that are caught up with after a delay

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Resolves with the reason for its end: 'pause', 'hit' (with `until`) or 'dead'.  speed: instructions a second
export async function runInTime(machine, { until = null, speed = 0 } = {}) {
    const run = machine.running = { stop: false };
    const condition = until && engineCondition(until);
    machine.pending = [];
    machine.pc.pauseOnHalt(true);
    machine.emit('run', true);
    let reason = 'pause';
    try {
        for (let clock = new Clock(machine.pc, speed || Infinity); !run.stop; clock = clock.caughtUp()) {
            machine.pending.splice(0).forEach((input) => machine.addInput(input));
            reason = await slice(machine, clock, condition);
            machine.emit('change');
            if (reason === 'hit' || reason === 'dead')
                break;
            await sleep(speed ? 16 : reason === 'halt' ? clock.ahead() : 0);
            reason = 'pause';
        }
    } finally {
        machine.pc.pauseOnHalt(false);
        machine.running = null;
        machine.pending.splice(0).forEach((input) => machine.addInput(input));
        machine.emit('run', false);
    }
    if (reason === 'dead')
        machine.emit('dead', machine.death());
    return reason;
}

async function slice(machine, clock, condition) {
    const started = performance.now();
    for (;;) {
        const [reason] = await machine.forward(machine.count + clock.allowance(CHUNK), condition);
        if (reason === 'hit' || reason === 'dead')
            return reason;
        if (reason === 'halt' && clock.ahead() > 0 || clock.allowance(1) < 1)
            return 'halt';
        if (performance.now() - started > SLICE)
            return 'count';
    }
}

class Clock {
    constructor(pc, speed) {
        Object.assign(this, { pc, speed, wall: performance.now(), ticks: pc.ticks, count: pc.count });
    }

    get passed() { return performance.now() - this.wall; }

    // How many milliseconds the guest is ahead of the wall clock, at most a frame's worth
    ahead() {
        const guest = this.speed === Infinity ? (this.pc.ticks - this.ticks) / TICKS_PER_SECOND * 1000
            : (this.pc.count - this.count) / this.speed * 1000;
        return Math.min(20, Math.max(0, guest - this.passed));
    }

    // How many instructions may run now, at most `most`
    allowance(most) {
        if (this.speed === Infinity)
            return most;
        const due = Math.floor((this.passed + 16) * this.speed / 1000) - (this.pc.count - this.count);
        return Math.max(0, Math.min(most, due));
    }

    // Time that the host spent elsewhere is not caught up
    caughtUp() {
        const guest = (this.pc.ticks - this.ticks) / TICKS_PER_SECOND * 1000;
        return this.speed === Infinity && this.passed - guest > MOST_BEHIND ? new Clock(this.pc, this.speed) : this;
    }
}
