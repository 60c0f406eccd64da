// COM1's output, and the transcript: the sentences of the steps made, which can be saved.

import { el, setText, decimal } from './format.js';

const MOST_LINES = 2000;

export class SerialPanel {
    id = 'serial';
    title = 'COM1';

    constructor(session) {
        this.session = session;
        this.text = el('pre', { class: 'serial' });
        this.element = el('div', {}, el('p', {}, 'What the PC has sent through its serial port:'), this.text);
    }

    draw() {
        // the colours and cursor movements of a terminal, which a page does not show
        setText(
            this.text,
            this.session.machine
                .serial()
                .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
                .replace(/\r/g, ''),
        );
    }
}

export class TranscriptPanel {
    id = 'transcript';
    title = 'Transcript';

    constructor(session) {
        this.session = session;
        this.list = el('ol', { class: 'transcript' });
        this.last = -1;
        this.element = el(
            'div',
            {},
            el(
                'p',
                { class: 'row' },
                'Every instant that was shown, in one sentence each. ',
                el('button', { onclick: () => this.save() }, 'Save as text'),
                el('button', { onclick: () => this.clear() }, 'Clear'),
            ),
            this.list,
        );
    }

    // Takes the sentence of the instant in view; called for every instant, in view or not.
    note(view) {
        const { session } = this;
        if (view.running || !view.step || view.state.count === this.last) return;
        this.last = view.state.count;
        session.transcript.push(
            `${decimal(view.state.count)}  [${session.symbols.describe(view.state.linear)}]  ${session.sentence()}`,
        );
        if (session.transcript.length > MOST_LINES) session.transcript.shift();
    }

    draw() {
        const { transcript } = this.session;
        this.list.replaceChildren(
            ...transcript
                .slice(-200)
                .reverse()
                .map((line) => el('li', {}, line)),
        );
    }

    clear() {
        this.session.transcript.length = 0;
        this.draw();
    }

    save() {
        const blob = new Blob([this.session.transcript.join('\n') + '\n'], { type: 'text/plain' });
        const link = el('a', { href: URL.createObjectURL(blob), download: 'transcript.txt' });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href));
    }
}
