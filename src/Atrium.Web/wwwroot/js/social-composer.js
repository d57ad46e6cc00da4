// Makes the form for posts kinder: what is left to say, pictures dropped or pasted, a word about missing descriptions, a draft in the browser.
const URLS = /https?:\/\/\S+/g;
const perUrl = 'x'.repeat(23);
const begun = new WeakSet();

const length = (text) => [...new Intl.Segmenter().segment(text.replace(URLS, perUrl))].length;

function begin(form) {
  if (begun.has(form)) return;
  begun.add(form);
  const text = form.elements.namedItem('text');
  const left = form.querySelector('[data-left]');
  const draft = form.dataset.draft;
  const count = () => {
    const rest = Number(form.dataset.most) - length(text.value) - length(form.elements.namedItem('spoiler')?.value ?? '');
    left.textContent = String(rest);
    left.classList.toggle('over', rest < 0);
  };
  if (draft && text.value === text.defaultValue && sessionStorage.getItem(draft)) text.value = sessionStorage.getItem(draft);
  form.addEventListener('input', ({ target }) => {
    count();
    if (draft && target === text) text.value === text.defaultValue ? sessionStorage.removeItem(draft) : sessionStorage.setItem(draft, text.value);
  });
  form.addEventListener('change', ({ target }) => target.type === 'file' && preview(target));
  form.addEventListener('paste', (event) => take(form, [...event.clipboardData.files], event));
  form.addEventListener('dragover', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    form.classList.add('dropping');
  });
  form.addEventListener('dragleave', () => form.classList.remove('dropping'));
  form.addEventListener('drop', (event) => {
    form.classList.remove('dropping');
    take(form, [...event.dataTransfer.files], event);
  });
  form.addEventListener('submit', () => {
    if (draft) sessionStorage.removeItem(draft);
  });
  text.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') form.requestSubmit();
  });
  count();
  describe(form);
}

function take(form, files, event) {
  const pictures = files.filter((f) => f.type.startsWith('image/'));
  if (pictures.length === 0) return;
  event.preventDefault();
  const free = [...form.querySelectorAll('[data-picture] input[type="file"]')].filter((i) => i.files.length === 0);
  for (const [at, file] of pictures.slice(0, free.length).entries()) {
    const held = new DataTransfer();
    held.items.add(file);
    free[at].files = held.files;
    free[at].closest('details').open = true;
    free[at].dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function preview(input) {
  const row = input.closest('[data-picture]');
  row.querySelector('img')?.remove();
  const [file] = input.files;
  if (file) {
    const shown = Object.assign(document.createElement('img'), { alt: '', src: URL.createObjectURL(file) });
    shown.addEventListener('load', () => URL.revokeObjectURL(shown.src), { once: true });
    row.prepend(shown);
    row.querySelector('input[type="text"]').focus();
  }
  describe(input.form);
}

// Asks once before pictures go out that nobody described.
function describe(form) {
  const bare = () => [...form.querySelectorAll('[data-picture]')].some((r) => r.querySelector('input[type="file"]').files.length > 0 && !r.querySelector('input[type="text"]').value.trim());
  const ask = () => {
    if (bare()) {
      form.dataset.confirm = 'Post a picture without a description?';
      form.dataset.confirmText = 'Those who do not see it will not know what it shows.';
      form.dataset.confirmVerb = 'Post it so';
    } else {
      delete form.dataset.confirm;
    }
  };
  if (!form.dataset.described) {
    form.dataset.described = '';
    form.addEventListener('input', ask);
  }
  ask();
}

const look = () => document.querySelectorAll('[data-composer]').forEach(begin);
document.addEventListener('atrium:content', look);
look();
