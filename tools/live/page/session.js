// The page without its drawing: the instant in view, one operation at a time, the
// way back.  Panes draw `view`; keys and buttons call the methods here.

const FARTHEST = 100e6; // instructions past the end of the run at which a search gives up
// milliseconds between two drawings of all panes while it runs, of all and of the screen while it
// only waits, and how long after a key the guest may still react to it
const DRAW_HEAVY = 120,
    DRAW_HEAVY_WAITING = 1000,
    DRAW_WAITING = 250,
    AFTER_KEY = 1000;

export class Session {
    constructor({ machine, symbols, data, chapters, describe }) {
        Object.assign(this, { machine, symbols, data, chapters, describe });
        this.panes = [];
        this.trail = []; // counts to go back to
        this.running = false;
        this.busy = null; // the promise of the current operation
        this.waiting = false; // another one is waiting for its end
        this.current = null; // the current run: {done}
        this.speed = 0; // instructions a second; 0 means as fast as possible
        this.transcript = [];
        this.view = null;
        this.listeners = new Map();
        this.drawnAt = 0;
        this.scheduled = null; // 'frame', 'later' or null
        this.keyAt = -Infinity;
        machine.on('change', () => this.refresh());
        machine.on('dead', () => this.refresh());
        machine.on('branch', () => this.refresh());
    }

    add(pane) {
        this.panes.push(pane);
        return pane;
    }

    on(name, listener) {
        this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    }

    emit(name, value) {
        for (const listener of this.listeners.get(name) ?? []) listener(value);
    }

    // The PC waits for something to do, and no key has just been pressed.
    get isWaiting() {
        return this.running && this.view?.state.halted && performance.now() - this.keyAt > AFTER_KEY;
    }

    // Draws with the next frame; many changes in one frame are drawn once.  While the PC waits, a few
    // frames a second are enough.
    refresh() {
        const { isWaiting } = this;
        if (this.scheduled && (isWaiting || this.scheduled === 'frame')) return;
        clearTimeout(this.timer);
        this.scheduled = isWaiting ? 'later' : 'frame';
        const draw = () => {
            this.scheduled = null;
            this.draw();
        };
        if (isWaiting) this.timer = setTimeout(draw, DRAW_WAITING);
        else requestAnimationFrame(draw);
    }

    noteKey() {
        this.keyAt = performance.now();
        this.refresh();
    }

    draw() {
        const now = performance.now();
        const pause = this.isWaiting ? DRAW_HEAVY_WAITING : DRAW_HEAVY;
        const whole = !this.running || now - this.drawnAt > pause;
        if (whole) {
            this.drawnAt = now;
            this.chapters.update();
        }
        this.view = this.look();
        for (const pane of this.panes) if (whole || pane.live) pane.draw(this.view);
    }

    // Everything about this instant that more than one pane needs.
    look() {
        const { machine, symbols } = this;
        const state = machine.state();
        const step = this.running ? null : this.step(state);
        return {
            state,
            step,
            running: this.running,
            before: step?.before ?? null,
            place: symbols.find(state.linear),
            accesses: step?.accesses ?? { reads: [], writes: [] },
        };
    }

    // The step that led here, for sentence.js.
    step(now) {
        const { machine } = this;
        const before = machine.before();
        if (!before && now.count) return null; // a run has just ended here; stop() reads its last step
        const events = machine.lastEvents().map((event) => this.completed(event));
        const isDelivery = events.some(
            (event) => (event.kind === 'interrupt' && event.hardware) || event.kind === 'wait',
        );
        return {
            now,
            before,
            events,
            accesses: machine.lastAccesses(),
            instruction: isDelivery ? null : machine.lastInstruction(),
        };
    }

    // A BIOS call with what its registers point to, its return with the call that it belongs to
    completed(event) {
        const { machine } = this;
        const isDiskPacket =
            event.kind === 'bios' && event.vector === 0x13 && [0x42, 0x43].includes(event.ax >> 8);
        if (isDiskPacket) return { ...event, packet: machine.read(event.ds * 16 + event.si, 16) };
        if (event.kind !== 'bios-return') return event;
        const isCall = (call) => call.kind === 'bios' && call.vector === event.vector;
        return { ...event, call: machine.events(0, event.count - 1).findLast(isCall) };
    }

    // Runs one operation at a time.  One more may wait for its end, the others are dropped: a key
    // that is held down must not leave steps behind.
    async operate(operation) {
        if (this.waiting) return null;
        if (this.busy) {
            this.waiting = true;
            await this.busy.catch(() => {});
            this.waiting = false;
        }
        this.busy = this.perform(operation);
        try {
            return await this.busy;
        } finally {
            this.busy = null;
            this.emit('busy', false);
            this.draw();
        }
    }

    async perform(operation) {
        this.emit('busy', true);
        await this.stop();
        return operation();
    }

    async stop() {
        this.machine.pause();
        await this.current?.done;
    }

    // Goes to an instant; a jump is remembered in the trail.
    go(count, { jump = true } = {}) {
        return this.operate(async () => {
            if (jump) this.remember();
            await this.machine.goto(Math.max(0, count));
        });
    }

    // Looks for an instant and goes there, or reports that there is none.  True if it went.
    seek(condition, direction, { jump = true, nothing = 'There is no such instant' } = {}) {
        return this.operate(async () => {
            const from = this.machine.count;
            const limit = direction > 0 ? this.machine.end + FARTHEST : undefined;
            const count = await this.machine.find(condition, direction, limit);
            if (count === null) {
                await this.machine.goto(from);
                this.emit('status', `${nothing} ${direction > 0 ? 'after' : 'before'} this one.`);
                return false;
            }
            if (jump) this.trail.push(from);
            await this.machine.goto(count);
            return true;
        });
    }

    goToChapter(name, direction) {
        return this.operate(async () => {
            const from = this.machine.count;
            const count = this.chapters.nextNamed(name, from, direction) ?? (await this.chapters.find(name));
            if (count === null) this.emit('status', `This boot does not reach ${name}.`);
            else this.trail.push(from);
            await this.machine.goto(count ?? from);
        });
    }

    remember() {
        if (this.trail.at(-1) !== this.machine.count) this.trail.push(this.machine.count);
    }

    goBack() {
        const count = this.trail.pop();
        return count === undefined ? null : this.go(count, { jump: false });
    }

    start(until) {
        if (this.running || this.busy) return;
        this.running = true;
        this.emit('run', true);
        const done = this.machine.run({ until, speed: this.speed }).then((reason) => {
            this.running = false;
            this.current = null;
            this.emit('run', false);
            // unless something else is requested: the same instant again, for its last step's details
            if (!this.busy) this.operate(() => this.machine.goto(this.machine.count));
            return reason;
        });
        this.current = { done };
    }

    toggle() {
        if (this.running) this.stop();
        else this.start();
    }

    // Takes effect at once, also while it runs.
    async setSpeed(speed) {
        this.speed = speed;
        if (this.running) {
            await this.stop();
            this.start();
        }
    }

    // The sentence of the instant in view.
    sentence() {
        return this.view.step ? this.describe(this.view.step) : '';
    }
}
