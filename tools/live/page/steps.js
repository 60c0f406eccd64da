// The steps that keys and buttons make: by instruction, source line, BIOS call and chapter, forwards
// and backwards, into calls or over them.

import { Chapters } from './chapters.js';

const MOST_RANGES = 64; // times that one line may be left and entered again in one step

const isCall = (text) => /^(call|int|syscall|callf)\b/i.test(text);
const isReturn = (text) => /^(ret|retf|iret|retn)/i.test(text);

export class Steps {
    constructor(session) {
        this.session = session;
        this.machine = session.machine;
        this.symbols = session.symbols;
    }

    do(what, over = false) {
        const direction = what.endsWith('-') ? -1 : +1;
        switch (what.replace(/[+-]$/, '')) {
            case 'step':
                return this.instruction(direction, over);
            case 'line':
                return this.line(direction, over);
            case 'bios':
                return this.biosCall(direction);
            case 'chapter':
                return this.chapter(direction);
            case 'home':
                return this.session.go(0);
            case 'end':
                return this.session.go(this.machine.end);
        }
        throw new Error(`there is no step ${what}`);
    }

    instruction(direction, over) {
        return this.session.operate(() => this.oneInstruction(direction, over));
    }

    async oneInstruction(direction, over) {
        const { machine } = this;
        const now = machine.state(),
            before = machine.before();
        if (direction < 0 && !before) return;
        const { text } = direction > 0 ? machine.instruction(now.linear) : machine.lastInstruction();
        if (over && (direction > 0 ? isCall(text) : isReturn(text))) {
            await (direction > 0 ? machine.step(1) : machine.stepBack(1));
            const count = await machine.find({ above: now.registers.rsp }, direction);
            if (count !== null) await machine.goto(count);
        } else {
            await (direction > 0 ? machine.step(1) : machine.stepBack(1));
        }
    }

    // To the next instruction that begins another line, or the same line once more.
    line(direction, over) {
        return this.session.operate(() => (direction > 0 ? this.lineOn(over) : this.lineBack(over)));
    }

    async lineOn(over) {
        const { machine, symbols } = this;
        const from = symbols.find(machine.state().linear);
        if (!from?.path) return this.toAnyLine(+1);
        const ranges = symbols.lineRanges(from.file, from.line);
        for (let i = 0; i < MOST_RANGES; i++) {
            const stack = machine.state().registers.rsp;
            if (!(await this.leave(ranges, +1))) return;
            const calledFrom = machine.before();
            if (over && calledFrom && isCall(machine.lastInstruction().text)) {
                const back = await machine.find({ above: calledFrom.registers.rsp }, +1);
                if (back === null) return;
                await machine.goto(back);
            }
            const place = symbols.find(machine.state().linear);
            if (!place?.path) {
                await this.toAnyLine(+1);
                return;
            }
            if (place.file !== from.file || place.line !== from.line || stack < machine.state().registers.rsp)
                return;
        }
    }

    // Back to the first instruction of the line before.
    async lineBack(over) {
        const { machine, symbols } = this;
        const here = symbols.find(machine.state().linear);
        const ranges = here?.path ? symbols.lineRanges(here.file, here.line) : null;
        const atStart = ranges?.some(([start]) => start === machine.state().linear);
        if (!ranges || atStart) {
            await this.oneInstruction(-1, over);
            if (!symbols.find(machine.state().linear)?.path && !(await this.toAnyLine(-1))) return;
        }
        const place = symbols.find(machine.state().linear);
        if (!place?.path) return;
        // to the first instruction of this pass: the one after that at which RIP was elsewhere
        const outside = await machine.find({ outside: symbols.lineRanges(place.file, place.line) }, -1);
        await machine.goto(outside === null ? 0 : outside + 1);
    }

    async leave(ranges, direction) {
        const count = await this.machine.find({ outside: ranges }, direction);
        if (count === null) return false;
        await this.machine.goto(count);
        return true;
    }

    async toAnyLine(direction) {
        const count = await this.machine.find({ rip: this.symbols.lineStarts() }, direction);
        if (count === null) {
            this.session.emit(
                'status',
                `There is no source line ${direction > 0 ? 'after' : 'before'} this instant.`,
            );
            return false;
        }
        await this.machine.goto(count);
        return true;
    }

    biosCall(direction) {
        return this.session.seek({ event: 'bios' }, direction, {
            jump: false,
            nothing: 'There is no BIOS call',
        });
    }

    chapter(direction) {
        const { session } = this;
        const known = session.chapters.next(this.machine.count, direction);
        if (known) return session.go(known.count, { jump: false });
        return session.seek(
            Chapters.conditionOf(session.symbols),
            direction,
            { jump: false, nothing: 'There is no chapter' },
        );
    }
}
