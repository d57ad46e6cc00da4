import { icon } from './icons.js';

const opened = new Set();

/** Opens a dialog of the page over it. */
export function open(dialog) {
  opened.add(dialog);
  dialog.showModal();
  dialog.addEventListener('close', () => opened.delete(dialog), { once: true });
}

// Before the framework takes a link as a way to another page.
document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest('[data-dialog]');
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    open(dialog);
  } else if (event.target.closest('[data-close]')) {
    event.preventDefault();
    event.target.closest('dialog')?.close();
  } else if (event.target.localName === 'dialog' && opened.has(event.target)) {
    // The backdrop belongs to the dialog: outside its box is outside.
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) event.target.close();
  }
}, true);

// A changed page takes its dialogs along; one whose form came back with mistakes stays open.
document.addEventListener('atrium:content', () => {
  for (const dialog of [...opened]) {
    // What script drew beside the page is not the page's: others' changes do not close a question.
    if (dialog.isConnected && dialog.parentElement === document.body) continue;
    const mistaken = dialog.isConnected && dialog.querySelector('.form-errors');
    if (mistaken && dialog.open) continue;
    dialog.setAttribute('open', '');
    dialog.close();
    opened.delete(dialog);
    if (mistaken) open(dialog);
  }
});

/**
 * Asks before something that cannot be undone.
 * @param {{title: string, text?: string, verb: string, keep?: string}} words the button names the act
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, verb, keep = 'Keep it' }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  const head = document.createElement('header');
  const heading = Object.assign(document.createElement('h2'), { id: 'confirm-title', textContent: title });
  head.append(heading);
  const body = Object.assign(document.createElement('div'), { className: 'body' });
  if (text) body.append(Object.assign(document.createElement('p'), { textContent: text }));
  const foot = document.createElement('footer');
  const no = Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: keep });
  const yes = Object.assign(document.createElement('button'), { type: 'button', className: 'button danger primary', textContent: verb });
  foot.append(no, yes);
  dialog.append(head, body, foot);
  document.body.append(dialog);
  return new Promise((resolve) => {
    no.addEventListener('click', () => dialog.close());
    yes.addEventListener('click', () => dialog.close('yes'));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    open(dialog);
    no.focus();
  });
}

/** An empty dialog with a title and a way out, for what script draws. */
export function sheet(title, className = '') {
  const dialog = document.createElement('dialog');
  dialog.className = `dialog ${className}`.trim();
  dialog.setAttribute('aria-label', title);
  const head = document.createElement('header');
  head.append(Object.assign(document.createElement('h2'), { textContent: title }));
  const close = Object.assign(document.createElement('button'), { type: 'button', className: 'button quiet only small end' });
  close.setAttribute('aria-label', 'Close');
  close.append(icon('close'));
  close.addEventListener('click', () => dialog.close());
  head.append(close);
  dialog.append(head);
  dialog.addEventListener('close', () => dialog.remove());
  return dialog;
}
