/**
 * Comfort for those who have JavaScript; nothing here is needed. What comes from the server is only ever set as text.
 */
export const script = `
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const send = (url, form) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' } });

  // Copy buttons.
  for (const button of all('[data-copy]')) {
    button.addEventListener('click', async () => {
      const from = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText('value' in from ? from.value : from.textContent);
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }
  for (const button of all('[data-print]')) button.addEventListener('click', () => print());

  // Ticks are kept as soon as they are set.
  for (const form of all('form[data-ticks]')) {
    form.addEventListener('change', async () => {
      const answer = await send(form.action, form).catch(() => null);
      if (!answer || !answer.ok) form.requestSubmit();
    });
  }

  // The editor: fields fill the places of the text, the guard speaks while one writes, others see that one writes.
  for (const form of all('form[data-draft]')) {
    const area = form.elements.namedItem('text');
    const gaps = all('input[data-gap]', form);
    let parts = split(area.value);
    let before = area.value;
    let isDirty = false;

    function split(text) {
      let found = [{ text }];
      for (const gap of gaps) {
        const label = '[' + gap.dataset.gap + ']';
        found = found.flatMap((part) =>
          part.gap ? [part] : part.text.split(label).flatMap((text, index) => (index ? [{ gap: gap.name, text: label }, { text }] : [{ text }])));
      }
      return found;
    }
    for (const gap of gaps) {
      gap.addEventListener('input', () => {
        for (const part of parts) if (part.gap === gap.name) part.text = gap.value || '[' + gap.dataset.gap + ']';
        area.value = before = parts.map((part) => part.text).join('');
        changed();
      });
    }
    area.addEventListener('input', () => {
      const now = area.value;
      let start = 0;
      while (start < before.length && start < now.length && before[start] === now[start]) start++;
      let end = 0;
      while (end < before.length - start && end < now.length - start && before.at(-1 - end) === now.at(-1 - end)) end++;
      const head = [], tail = [];
      let at = 0;
      for (const part of parts) {
        const to = at + part.text.length;
        if (part.gap && to <= start) head.push({ from: at, to, part });
        else if (part.gap && at >= before.length - end) tail.push({ from: at + now.length - before.length, to: to + now.length - before.length, part });
        at = to;
      }
      const kept = [...head, ...tail];
      let from = 0;
      parts = [];
      for (const one of kept) {
        parts.push(...split(now.slice(from, one.from)), one.part);
        from = one.to;
      }
      parts.push(...split(now.slice(from)));
      before = now;
      changed();
    });

    const list = form.querySelector('[data-findings]');
    const length = form.querySelector('[data-length]');
    let waiting = 0;
    function changed() {
      isDirty = true;
      if (length) length.textContent = [...area.value].length;
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const answer = await send(form.dataset.draft, form).catch(() => null);
        if (!answer || !answer.ok || !list) return;
        const { findings, ready } = await answer.json();
        list.replaceChildren(...(findings.length ? findings : [{ message: ready, kind: 'good' }]).map((finding) => {
          const item = document.createElement('li');
          item.className = finding.kind;
          item.textContent = finding.message;
          return item;
        }));
      }, 600);
    }
    let beat = 0;
    const writing = () => send(form.dataset.writing, form).catch(() => {});
    area.addEventListener('focus', () => { writing(); beat = setInterval(writing, 30000); });
    area.addEventListener('blur', () => clearInterval(beat));
    form.addEventListener('submit', () => { isDirty = false; });
    addEventListener('beforeunload', (event) => { if (isDirty) event.preventDefault(); });
  }

  // Counts that live: one connection while the page is looked at.
  const live = document.body.dataset.live;
  if (live && window.EventSource) {
    let stream = null;
    const shown = () => {
      if (document.hidden) { stream?.close(); stream = null; return; }
      if (stream) return;
      stream = new EventSource(live);
      stream.addEventListener('counts', (event) => {
        const counts = JSON.parse(event.data);
        for (const place of all('[data-count]')) {
          const count = counts[place.dataset.count];
          if (count === undefined) continue;
          place.textContent = count;
          place.hidden = count === 0;
        }
        for (const notice of all('[data-fresh]')) notice.hidden = counts.version === notice.dataset.fresh;
      });
    };
    document.addEventListener('visibilitychange', shown);
    shown();
  }

  // Keys: j and k walk the list, / searches.
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    const titles = all('[data-walk] a.title');
    const at = titles.indexOf(document.activeElement);
    if (event.key === 'j') titles[Math.min(at + 1, titles.length - 1)]?.focus();
    else if (event.key === 'k') titles[Math.max(at - 1, 0)]?.focus();
    else if (event.key === '/') document.querySelector('input[type=search]')?.focus();
    else return;
    event.preventDefault();
  });
})();
`
