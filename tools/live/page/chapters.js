// The chapters of the run: power on, the boot sector, and the milestones that the loader and the
// kernel stamp (include/milestones.def).  A chapter's instant is the call of the function that stamps it.

const MBR_ADDRESS = 0x7c00n;
export const RESET = 'RESET',
    MBR = 'MBR';

export class Chapters {
    constructor(machine, symbols, data) {
        this.machine = machine;
        machine.on('branch', () => this.reset());
        this.use(symbols, data);
    }

    use(symbols, data) {
        this.milestones = data.milestones;
        this.stamps = symbols.functionAddresses(symbols.stamp);
        this.is64 = new Set(
            symbols.programs
                .filter((program) => program.bits === 64)
                .flatMap((program) =>
                    program.functions
                        .filter((row) => row[2] === symbols.stamp)
                        .map((row) => program.base + BigInt(row[0])),
                ),
        );
        this.names = [RESET, MBR, ...(this.stamps.length ? data.milestones.map((row) => row.name) : [])];
        this.reset();
    }

    // the addresses that Machine logs as events of kind 'mark' when they are passed
    static marksOf(symbols) {
        return [MBR_ADDRESS, ...symbols.functionAddresses(symbols.stamp)].map((address) => ({ address }));
    }

    // Forgets everything, for another run or another branch.
    reset() {
        this.found = [{ name: RESET, text: 'reset', count: 0 }];
        this.upTo = 0;
    }

    // Reads the marks that the run has passed since the last time.
    update() {
        const { end } = this.machine;
        if (end < this.upTo) this.reset();
        for (const event of this.machine.events(this.upTo, end)) {
            const chapter = event.kind === 'mark' && this.chapterOf(event);
            if (chapter && !this.found.some((known) => known.name === chapter.name))
                this.found.push({ ...chapter, count: event.count });
        }
        this.upTo = end;
    }

    chapterOf(event) {
        const address = BigInt(event.address);
        if (address === MBR_ADDRESS) return { name: MBR, text: 'MBR' };
        const number = this.is64.has(address) ? event.rdi : event.stack[0];
        return this.milestones.find((row) => row.number === number) ?? null;
    }

    // the chapter that an instant belongs to
    at(count) {
        return this.found.findLast((chapter) => chapter.count <= count);
    }

    next(count, direction) {
        return direction > 0
            ? this.found.find((chapter) => chapter.count > count)
            : this.found.findLast((chapter) => chapter.count < count);
    }

    // The count of a chapter; runs on if the boot is not there yet; null if it never gets there.
    async find(name) {
        for (;;) {
            this.update();
            const known = this.found.find((chapter) => chapter.name === name);
            if (known) return known.count;
            await this.machine.goto(this.machine.end);
            const more = await this.machine.find({ rip: [MBR_ADDRESS, ...this.stamps] }, +1);
            if (more === null) return null;
        }
    }
}
