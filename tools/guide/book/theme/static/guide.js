// guide.js - what the book adds to its pages: what a term means on hover, the live page beside the
// text, and a way for the keyboard into what is wider than the page
(() => {
    const WIDE = 1000;      // pixels from which two columns are of use

    // ---- wide code and tables can be scrolled with the keyboard
    const reach = () => {
        for (const table of document.querySelectorAll('main table')) {
            if (table.parentElement.classList.contains('scrolls'))
                continue;
            const box = document.createElement('div');
            box.className = 'scrolls';
            table.replaceWith(box);
            box.append(table);
        }
        for (const box of document.querySelectorAll('div.highlight pre, .scrolls'))
            box.toggleAttribute('tabindex', box.scrollWidth > box.clientWidth);
        for (const box of document.querySelectorAll('[tabindex=""]'))
            box.setAttribute('tabindex', '0');
    };

    // ---- what a term means
    const tip = document.createElement('div');
    tip.id = 'tip';
    tip.setAttribute('role', 'tooltip');
    tip.hidden = true;
    const hide = () => { tip.hidden = true; };
    const show = (link) => {
        tip.textContent = link.dataset.meaning;
        tip.hidden = false;
        const box = link.getBoundingClientRect();
        const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
        tip.style.left = `${Math.max(8, left) + scrollX}px`;
        tip.style.top = `${box.bottom + scrollY + 4}px`;
    };
    const terms = () => {
        document.body.append(tip);
        for (const link of document.querySelectorAll('a.term')) {
            link.dataset.meaning = link.title;
            link.removeAttribute('title');
            link.setAttribute('aria-describedby', 'tip');
            link.addEventListener('mouseenter', () => show(link));
            link.addEventListener('focus', () => show(link));
            link.addEventListener('mouseleave', hide);
            link.addEventListener('blur', hide);
        }
        addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
    };

    // ---- the live page beside the text
    const beside = (address) => {
        document.getElementById('beside')?.remove();
        const panel = document.createElement('aside');
        panel.id = 'beside';
        panel.setAttribute('aria-label', 'The live page');
        const close = document.createElement('button');
        close.textContent = 'Close the live page';
        const frame = document.createElement('iframe');
        frame.title = 'The live page';
        frame.src = address;
        panel.append(close, frame);
        document.body.append(panel);
        document.body.classList.add('with-live');
        close.addEventListener('click', () => {
            panel.remove();
            document.body.classList.remove('with-live');
        });
        close.focus();
    };
    const live = () => {
        for (const link of document.querySelectorAll('a[data-live]'))
            link.addEventListener('click', (event) => {
                if (innerWidth >= WIDE) {
                    event.preventDefault();
                    beside(link.href);
                }
            });
    };

    terms();
    live();
    reach();
    addEventListener('resize', reach);
})();
