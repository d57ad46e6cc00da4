import { icon } from './icons.js';
import { open } from './dialogs.js';

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// What the frame already offers: rooms, pages, things to create.
function offered() {
  const seen = new Set();
  const links = [...document.querySelectorAll('.rail a.rail-link, #create-menu a, #me-menu a')];
  return links.flatMap((a) => {
    if (seen.has(a.href)) return [];
    seen.add(a.href);
    const creates = a.closest('#create-menu') !== null;
    const word = a.querySelector('span')?.textContent.trim() || a.textContent.trim();
    const name = a.querySelector('use')?.getAttribute('href').split('#i-')[1] ?? 'right';
    return [{ title: creates ? `New ${word.toLowerCase()}` : word, href: a.getAttribute('href'), icon: name, room: a.dataset.room, kind: creates ? 'Create' : 'Go to' }];
  });
}

function go(href) {
  const link = Object.assign(document.createElement('a'), { href });
  document.body.append(link);
  link.click();
  link.remove();
}

function show() {
  if (document.querySelector('dialog:modal')) return;
  const dialog = Object.assign(document.createElement('dialog'), { className: 'dialog palette' });
  dialog.setAttribute('aria-label', 'Go anywhere');
  const input = Object.assign(document.createElement('input'), { type: 'text', placeholder: 'Go anywhere, create anything, search', autocomplete: 'off', spellcheck: false, maxLength: 200 });
  const list = Object.assign(document.createElement('div'), { id: 'palette-list' });
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-label', 'Go anywhere, create anything, search');
  input.setAttribute('aria-expanded', 'true');
  input.setAttribute('aria-controls', 'palette-list');
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'Results');
  dialog.append(input, list);
  document.body.append(dialog);

  const own = offered();
  let found = [];
  let at = 0;
  let asked = null;
  let timer = 0;

  const shown = () => {
    const words = fold(input.value.trim());
    const near = own.filter((o) => fold(o.title).includes(words) || fold(`${o.kind} ${o.title}`).includes(words));
    const all = words ? [{ title: `Search for “${input.value.trim()}”`, href: `/search?q=${encodeURIComponent(input.value.trim())}`, icon: 'search', kind: 'Search' }] : [];
    return [...near.slice(0, words ? 6 : 14), ...found, ...all];
  };

  const select = (to) => {
    const options = [...list.querySelectorAll('[role="option"]')];
    if (options.length === 0) return;
    at = (to + options.length) % options.length;
    for (const [n, option] of options.entries()) option.setAttribute('aria-selected', String(n === at));
    options[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[at].id);
  };

  const draw = () => {
    list.replaceChildren(...shown().map((item, n) => {
      const option = Object.assign(document.createElement('div'), { id: `palette-${n}` });
      option.setAttribute('role', 'option');
      option.dataset.href = item.href;
      if (item.room) option.dataset.room = item.room;
      option.append(icon(item.icon || 'right'), Object.assign(document.createElement('span'), { className: 'clip', textContent: item.title }), Object.assign(document.createElement('small'), { textContent: item.kind ?? '' }));
      return option;
    }));
    select(0);
  };

  const ask = async () => {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < 2) {
      found = [];
      draw();
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(`/api/home/palette?q=${encodeURIComponent(words)}`, { signal: asked.signal, credentials: 'same-origin' });
      if (!answer.ok) return;
      found = (await answer.json()).items.slice(0, 10);
      if (dialog.open) draw();
    } catch {
      // Typed on, or the network is away: what the frame offers still stands.
    }
  };

  const take = (href) => {
    dialog.close();
    if (href) go(href);
  };

  input.addEventListener('input', () => {
    draw();
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') select(at + 1);
    else if (event.key === 'ArrowUp') select(at - 1);
    else if (event.key === 'Enter') take(list.querySelector('[aria-selected="true"]')?.dataset.href);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', ({ target }) => take(target.closest('[role="option"]')?.dataset.href));
  list.addEventListener('pointermove', ({ target }) => {
    const option = target.closest('[role="option"]');
    if (option && option.getAttribute('aria-selected') !== 'true') select([...list.children].indexOf(option));
  });
  dialog.addEventListener('close', () => {
    asked?.abort();
    clearTimeout(timer);
    dialog.remove();
  });
  draw();
  open(dialog);
  input.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show();
});
