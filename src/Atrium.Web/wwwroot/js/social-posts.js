import { announce } from './atrium.js';
import { children } from './morph.js';
import { sheet, open } from './dialogs.js';
import { icon } from './icons.js';

// What one does to a post changes that post alone: the list around it stays where it is.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches('form[data-post]')) return;
  event.preventDefault();
  const post = form.closest('.status');
  const body = new FormData(form, event.submitter);
  if (post.classList.contains('main')) body.set('main', 'true');
  const { act } = event.submitter?.dataset ?? {};
  let answer = null;
  try {
    answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(body), headers: { 'x-part': 'post', accept: 'text/html' }, credentials: 'same-origin' });
  } catch {
    // Away from the network: the page's own way says so.
  }
  if (!answer?.ok) {
    // The house's own page tells why.
    form.removeAttribute('data-post');
    form.requestSubmit(event.submitter);
    return;
  }
  if (answer.status === 204) {
    const next = post.nextElementSibling ?? post.previousElementSibling;
    post.remove();
    next?.focus?.();
  } else {
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.status');
    // Why it stands in this list belongs to the list.
    const because = post.querySelector(':scope > .because');
    if (because && !fresh.querySelector(':scope > .because')) fresh.prepend(because.cloneNode(true));
    children(post, fresh);
    if (act) post.querySelector(`[data-act="${act}"]`)?.focus();
  }
  announce();
});

// Pictures over the page, with what they show in words; without script they are links.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-media]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  show([...link.closest('.media').querySelectorAll('a[data-media]')], link);
}, true);

function show(links, first) {
  let at = links.indexOf(first);
  const dialog = sheet('Picture', 'media-dialog');
  const figure = document.createElement('figure');
  const picture = document.createElement('img');
  const words = document.createElement('figcaption');
  figure.append(picture, words);
  dialog.append(figure);
  const turn = (by) => {
    at = (at + by + links.length) % links.length;
    const small = links[at].querySelector('img');
    picture.src = links[at].href;
    picture.alt = small.alt;
    words.textContent = small.alt;
    if (links.length > 1) dialog.querySelector('.place').textContent = `${at + 1} of ${links.length}`;
  };
  if (links.length > 1) {
    const foot = document.createElement('footer');
    const button = (label, sign, by) => {
      const made = Object.assign(document.createElement('button'), { type: 'button', className: 'button only' });
      made.setAttribute('aria-label', label);
      made.append(icon(sign));
      made.addEventListener('click', () => turn(by));
      return made;
    };
    const place = Object.assign(document.createElement('span'), { className: 'place quiet-text' });
    place.setAttribute('role', 'status');
    foot.append(button('Picture before', 'left', -1), place, button('Next picture', 'right', 1));
    dialog.append(foot);
    dialog.addEventListener('keydown', ({ key }) => {
      if (key === 'ArrowLeft') turn(-1);
      else if (key === 'ArrowRight') turn(1);
    });
  }
  document.body.append(dialog);
  turn(0);
  open(dialog);
}

// j and k go from post to post; r, b, f and s act on the one that has the focus.
const keys = { r: 'reply', b: 'boost', f: 'like', s: 'keep' };
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]')) return;
  const here = document.activeElement?.closest('.status');
  if (event.key === 'j' || event.key === 'k') {
    const all = [...document.querySelectorAll('.status')];
    const next = all[here ? all.indexOf(here) + (event.key === 'j' ? 1 : -1) : 0];
    if (!next) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  } else if (here && keys[event.key]) {
    event.preventDefault();
    here.querySelector(`[data-act="${keys[event.key]}"]`)?.click();
  }
});
