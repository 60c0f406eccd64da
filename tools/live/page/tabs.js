// The tabs below the screen: memory map, hex view, tables, stack, COM1, transcript.  Only the one
// in view is drawn.

import { el } from './format.js';

export class Tabs {
    constructor(session, panels) {
        this.session = session;
        this.panels = panels; // [{id, title, element, draw(view)}]
        const list = document.getElementById('tabs'),
            area = document.getElementById('tab-panels');
        for (const panel of panels) {
            panel.tab = el(
                'button',
                {
                    'role': 'tab',
                    'id': `tab-${panel.id}`,
                    'aria-controls': `panel-${panel.id}`,
                    'onclick': () => this.select(panel.id),
                },
                panel.title,
            );
            panel.box = el(
                'div',
                {
                    'role': 'tabpanel',
                    'id': `panel-${panel.id}`,
                    'aria-labelledby': `tab-${panel.id}`,
                    'tabindex': '0',
                    'class': 'panel scroll',
                },
                panel.element,
            );
            list.append(panel.tab);
            area.append(panel.box);
        }
        list.addEventListener('keydown', (event) => this.keyPressed(event));
        this.select(panels[0].id);
    }

    keyPressed(event) {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        const at = this.panels.indexOf(this.selected);
        const next = this.panels[(at + step + this.panels.length) % this.panels.length];
        this.select(next.id);
        next.tab.focus();
    }

    select(id) {
        for (const panel of this.panels) {
            const isSelected = panel.id === id;
            if (isSelected) this.selected = panel;
            panel.tab.setAttribute('aria-selected', String(isSelected));
            panel.tab.tabIndex = isSelected ? 0 : -1;
            panel.box.hidden = !isSelected;
        }
        if (this.session.view) this.selected.draw(this.session.view);
    }

    draw(view) {
        this.selected.draw(view);
    }
}
