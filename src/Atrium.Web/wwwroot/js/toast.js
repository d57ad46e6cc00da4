import { icon } from './icons.js';

/**
 * Says what was done.
 * @param {string} text “Moved to Done”
 * @param {{bad?: boolean, undo?: () => void, label?: string, seconds?: number}} options
 */
export function toast(text, { bad = false, undo, label = 'Undo', seconds = bad ? 12 : 6 } = {}) {
  const place = document.getElementById('toasts');
  if (!place) return;
  const box = document.createElement('div');
  box.className = bad ? 'toast bad' : 'toast';
  if (bad) box.setAttribute('role', 'alert');
  box.append(icon(bad ? 'error' : 'done'), text);
  if (undo) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'undo';
    button.textContent = label;
    button.addEventListener('click', () => {
      box.remove();
      undo();
    });
    box.append(button);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'button quiet only small';
  close.setAttribute('aria-label', 'Dismiss');
  close.append(icon('close'));
  close.addEventListener('click', () => box.remove());
  box.append(close);
  place.append(box);
  while (place.childElementCount > 3) place.firstElementChild.remove();

  // It stays while somebody reads it.
  let timer = 0;
  const start = () => (timer = setTimeout(() => box.remove(), seconds * 1000));
  const hold = () => clearTimeout(timer);
  box.addEventListener('pointerenter', hold);
  box.addEventListener('pointerleave', start);
  box.addEventListener('focusin', hold);
  box.addEventListener('focusout', start);
  start();
}

// A page may bring its own: <template data-toast="Saved"></template>.
function bring() {
  for (const word of document.querySelectorAll('template[data-toast]')) {
    toast(word.dataset.toast, { bad: word.hasAttribute('data-bad') });
    word.remove();
  }
}

document.addEventListener('atrium:content', bring);
document.addEventListener('atrium:toast', ({ detail }) => toast(detail.text, detail));
bring();
