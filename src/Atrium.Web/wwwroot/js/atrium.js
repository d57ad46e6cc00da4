// The entry. What every page needs comes along; the rest when something on the page needs it, now or after a change.
import './toast.js';
import './menus.js';
import './dialogs.js';
import './shortcuts.js';
import './palette.js';
import './forms.js';
import './theme.js';

const parts = [
  ['live-region, [data-presence]', './live-region.js'],
  ['time[data-when]', './when.js'],
  ['upload-zone', './upload.js'],
  ['crop-box', './crop.js'],
  ['markdown-editor', './markdown.js'],
  ['copy-field, [data-copy]', './copy.js'],
  ['[data-passkey]', './passkeys.js'],
  ['[data-push]', './push.js'],
  ['task-board', './tasks-board.js'],
  ['body[data-room="tasks"]', './tasks-page.js'],
  ['[data-post], [data-media]', './social-posts.js'],
  ['[data-composer]', './social-composer.js'],
  ['social-news', './social-news.js'],
  ['try-box', './try-box.js'],
];

const loaded = new Set();

async function load(path) {
  if (loaded.has(path)) return;
  loaded.add(path);
  try {
    await import(path);
  } catch (error) {
    loaded.delete(path);
    console.warn(`${path} could not be loaded`, error);
  }
}

function look() {
  for (const [selector, path] of parts) if (document.querySelector(selector)) load(path);
}

/** Says that part of the page is new: elements are looked for again. */
export function announce() {
  document.dispatchEvent(new CustomEvent('atrium:content'));
}

document.addEventListener('atrium:content', look);
globalThis.Blazor?.addEventListener('enhancedload', announce);
look();
