import { open, sheet } from './dialogs.js';

// An element says what reaches it: data-shortcut="g i" data-shortcut-title="Inbox".
let first = '';
let timer = 0;

export const isTyping = (target) => target instanceof Element && target.closest('input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]') !== null;

function reach(element) {
  if (element.matches('input, textarea, select')) element.focus();
  else element.click();
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target) || document.querySelector('dialog:modal')) return;
  if (event.key === '?') {
    event.preventDefault();
    help();
    return;
  }
  const keys = first ? `${first} ${event.key}` : event.key;
  const element = [...document.querySelectorAll(`[data-shortcut="${CSS.escape(keys)}"]`)].find((e) => e.checkVisibility() && !e.disabled);
  clearTimeout(timer);
  first = '';
  if (element) {
    event.preventDefault();
    reach(element);
  } else if (event.key.length === 1 && document.querySelector(`[data-shortcut^="${CSS.escape(event.key)} "]`)) {
    first = event.key;
    timer = setTimeout(() => (first = ''), 1200);
  }
});

function help() {
  const dialog = sheet('Shortcuts', 'help');
  const list = document.createElement('dl');
  const add = (keys, title) => {
    const term = document.createElement('dt');
    term.append(...keys.map((k) => Object.assign(document.createElement('kbd'), { textContent: k })));
    list.append(term, Object.assign(document.createElement('dd'), { textContent: title }));
  };
  add([navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl', 'K'], 'Go anywhere, create anything');
  const told = new Set();
  for (const element of document.querySelectorAll('[data-shortcut]')) {
    const keys = element.dataset.shortcut;
    const title = element.dataset.shortcutTitle ?? element.getAttribute('aria-label') ?? element.textContent.trim();
    if (told.has(keys) || !element.checkVisibility()) continue;
    told.add(keys);
    add(keys.split(' '), title);
  }
  add(['?'], 'This list');
  const body = Object.assign(document.createElement('div'), { className: 'body' });
  body.append(list);
  dialog.append(body);
  document.body.append(dialog);
  open(dialog);
}

document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-open-help]')) help();
});
