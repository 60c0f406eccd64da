// What has been run: what was typed or changed and when, the events, COM1's output, and how far
// it went.  A branch is a second timeline that shares the first one's beginning.

// The place of the first entry whose count is above `count`
export function placeAfter(list, count) {
    let low = 0, high = list.length;
    while (low < high) {
        const middle = low + high >> 1;
        if (list[middle].count <= count)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const MOST_EVENTS = 400000;
const REPEATED = new Set(['interrupt', 'iret', 'halt', 'wait', 'owner']);

export class Timeline {
    constructor() {
        this.inputs = [];   // { count, kind: 'key' | 'a20' | 'poke', ... }
        this.events = [];   // without ports and serial
        this.serial = [];   // { count, byte }
        this.end = 0;
        this.chain = [];    // the exceptions of the last instant with any
        this.branch = null; // { from, what, parent }
    }

    record(events) {
        for (const event of events) {
            if (event.kind === 'serial')
                this.serial.push({ count: event.count, byte: event.byte });
            else if (event.kind !== 'port')
                this.events.push(event);
        }
        if (this.events.length > MOST_EVENTS)
            this.forget();
    }

    // Hours of timer interrupts at the prompt are not interesting: the older half loses them
    forget() {
        const half = this.events.length / 2;
        this.events = this.events.filter((event, place) => place > half || !REPEATED.has(event.kind));
    }

    between(from, to) {
        return this.events.slice(placeAfter(this.events, from), placeAfter(this.events, to));
    }

    serialText(count) {
        const bytes = this.serial.slice(0, placeAfter(this.serial, count)).map(({ byte }) => byte);
        return new TextDecoder().decode(Uint8Array.from(bytes));
    }

    // From here on the run is a new branch.  `applied` inputs have reached the PC so far.
    truncate(count, applied) {
        this.inputs.length = Math.min(this.inputs.length, applied);
        this.events.length = placeAfter(this.events, count);
        this.serial.length = placeAfter(this.serial, count);
        this.end = count;
    }

    fork(count, applied, what) {
        const branch = new Timeline();
        Object.assign(branch, { inputs: this.inputs.slice(), events: this.events.slice(), serial: this.serial.slice(),
            branch: { from: count, what, parent: this } });
        branch.truncate(count, applied);
        return branch;
    }

    // Who ran when: for each of `buckets` equal parts the class that ran longest in it; 0: not run yet
    owners(from, to, buckets) {
        const width = (to - from) / buckets, most = new Float64Array(buckets), result = new Uint8Array(buckets);
        const changes = this.events.filter((event) => event.kind === 'owner' && event.count < to);
        changes.forEach(({ count, owner }, place) => {
            const first = Math.max(count, from), last = Math.min(changes[place + 1]?.count ?? this.end, to);
            for (let part = Math.max(0, Math.floor((first - from) / width)); part < buckets && from + part * width < last; part++) {
                const start = from + part * width;
                const share = Math.min(last, start + width) - Math.max(first, start);
                if (share > most[part])
                    [most[part], result[part]] = [share, owner];
            }
        });
        return result;
    }
}
