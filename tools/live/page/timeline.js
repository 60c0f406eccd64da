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

const MOST_EVENTS = 200000;
const FIRST_KEPT = 4000;    // of each kind, when older events are forgotten
const OLD_OWNERS = 2000;    // parts in which it stays known who ran, when the single changes are forgotten
const MOST_SERIAL = 1 << 18;

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
        if (this.serial.length > MOST_SERIAL)
            this.serial.splice(0, MOST_SERIAL / 2);
    }

    // Hours of timer interrupts, or a handler that returns to the faulting instruction forever:
    // the older half keeps the first events of each kind, and who ran, in broad strokes.
    forget() {
        const upTo = this.events[this.events.length >> 1].count;
        const owners = this.broadOwners(upTo), seen = {};
        const kept = this.events.splice(0, placeAfter(this.events, upTo)).filter(({ kind }) => {
            seen[kind] = (seen[kind] ?? 0) + 1;
            return kind !== 'owner' && seen[kind] <= FIRST_KEPT;
        });
        this.events = [...owners, ...kept].sort((a, b) => a.count - b.count).concat(this.events);
    }

    // Who ran up to an instant, as few events; the last one says who runs then
    broadOwners(upTo) {
        const parts = this.owners(0, upTo, OLD_OWNERS);
        const events = Array.from(parts, (owner, part) => ({ count: Math.floor(part * upTo / OLD_OWNERS), kind: 'owner', owner }));
        const last = this.events.findLast(({ kind, count }) => kind === 'owner' && count <= upTo);
        return [...events, ...last ? [{ ...last, count: upTo }] : []]
            .filter(({ owner }, place, all) => owner !== all[place - 1]?.owner);
    }

    between(from, to) {
        return this.events.slice(placeAfter(this.events, from), placeAfter(this.events, to));
    }

    serialText(count) {
        const bytes = this.serial.slice(0, placeAfter(this.serial, count)).map(({ byte }) => byte);
        return new TextDecoder().decode(Uint8Array.from(bytes));
    }

    // What only a search without a result has run is not part of the run
    shorten(count) { this.truncate(count, this.inputs.length); }

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
