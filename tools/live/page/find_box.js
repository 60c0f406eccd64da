// The box "Run to": runs forwards or backwards to what is typed in it.

import { el } from './format.js';
import { parseSearch } from './search.js';

const MOST_COMPLETIONS = 12;

export class FindBox {
    constructor(session) {
        this.session = session;
        this.form = document.getElementById('find');
        this.input = document.getElementById('find-text');
        this.list = document.getElementById('find-list');
        this.form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.search(+1);
        });
        this.form.querySelector('[data-find="-1"]').addEventListener('click', () => this.search(-1));
        this.input.addEventListener('keydown', (event) => this.keyPressed(event));
        this.input.addEventListener('input', () => this.complete());
    }

    focus() {
        this.input.focus();
        this.input.select();
    }

    keyPressed(event) {
        if (event.key === 'Enter' && event.shiftKey) {
            event.preventDefault();
            this.search(-1);
        } else if (event.key === 'Escape') {
            this.session.machine.cancel?.();
            this.input.blur();
        }
    }

    complete() {
        const { session, input } = this;
        const text = input.value;
        const names = session.chapters.names.filter((name) => name.startsWith(text.toUpperCase()));
        const functions = text
            ? session.symbols.completions(text, MOST_COMPLETIONS).map(([name]) => name)
            : [];
        this.list.replaceChildren(
            ...[...new Set([...names, ...functions])]
                .slice(0, MOST_COMPLETIONS)
                .map((name) => el('option', { value: name })),
        );
    }

    async search(direction) {
        const { session } = this;
        const found = parseSearch(this.input.value, session.symbols, session.chapters.names);
        if (found.error) {
            session.emit('status', found.error);
            return;
        }
        session.emit('status', '');
        if (found.chapter) {
            await session.goToChapter(found.chapter, direction);
            return;
        }
        session.emit('status', `Looking for ${found.words} …`);
        const went = await session.seek(found.condition, direction, {
            nothing: `There is no ${found.words.replace(/^(a|an|the) /, '')}`,
        });
        if (went) session.emit('status', '');
    }
}
