// Makes the form for posts kinder: what is left to say, how it will look, pictures dropped or pasted and where to look at them, a word about
// missing descriptions, and a draft kept by the house as one types.
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
  const keeper = form.dataset.keep ? keeping(form, text) : null;
  if (draft && text.value === text.defaultValue && sessionStorage.getItem(draft)) {
    text.value = sessionStorage.getItem(draft);
    keeper?.known(sessionStorage.getItem(`${draft}-id`));
  }
  form.addEventListener('input', ({ target }) => {
    count();
    keeper?.later();
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
  form.addEventListener('submit', (event) => {
    // A question may be asked first; then nothing is sent yet.
    if (event.defaultPrevented) return;
    keeper?.stop();
    if (draft) for (const key of [draft, `${draft}-id`]) sessionStorage.removeItem(key);
  });
  const show = form.querySelector('[data-preview]');
  if (show) {
    show.hidden = false;
    show.addEventListener('click', () => shown(form, show));
  }
  for (const picture of form.querySelectorAll('img[data-focus-for]')) focal(picture, form.elements.namedItem(picture.dataset.focusFor));
  text.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') form.requestSubmit();
  });
  count();
  describe(form);
}

// Keeps what is typed with the house a moment after the last key, so that a closed tab loses nothing.
function keeping(form, text) {
  const wait = 2500;
  let timer = 0;
  let under = null;
  let stopped = false;
  const field = () => form.elements.namedItem('draft');
  const known = (id) => {
    if (!id || field()) return;
    form.prepend(Object.assign(document.createElement('input'), { type: 'hidden', name: 'draft', value: id }));
  };
  const keep = async () => {
    if (stopped || under || text.value === text.defaultValue || !text.value.trim()) return;
    const body = new FormData(form);
    // Pictures wait for the button: they would be sent anew each time.
    for (const name of [...body.keys()]) if (body.get(name) instanceof File) body.delete(name);
    under = fetch(form.dataset.keep, { method: 'POST', body, headers: { 'x-part': 'draft', accept: 'text/html' }, credentials: 'same-origin' }).catch(() => null);
    const answer = await under;
    under = null;
    if (stopped || !answer) return;
    if (answer.status === 404) field()?.remove();
    else if (answer.ok && answer.headers.get('content-type')?.startsWith('text/plain')) {
      const id = await answer.text();
      known(id);
      if (form.dataset.draft) sessionStorage.setItem(`${form.dataset.draft}-id`, id);
      form.dataset.kept = id;
    }
  };
  return {
    known,
    later() {
      clearTimeout(timer);
      timer = setTimeout(keep, wait);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

// Shows how it will look, made by the server's own text pipeline.
async function shown(form, button) {
  const pane = form.querySelector('[data-shown]');
  const text = form.elements.namedItem('text');
  const back = button.getAttribute('aria-pressed') === 'true';
  button.setAttribute('aria-pressed', String(!back));
  pane.hidden = back;
  text.hidden = !back;
  if (back) {
    text.focus();
    return;
  }
  const body = new URLSearchParams({ text: text.value, markdown: String(form.elements.namedItem('markdown')?.checked ?? false) });
  const answer = await fetch(button.dataset.preview, { method: 'POST', body, credentials: 'same-origin' }).catch(() => null);
  if (!answer?.ok) pane.textContent = 'No preview just now.';
  // Sanitised where it was made; the policy of the page would stop anything else.
  else if (text.value.trim()) pane.innerHTML = await answer.text();
  else pane.textContent = 'Nothing written yet.';
}

const edge = (n) => Math.max(-1, Math.min(1, Math.round(n * 100) / 100));

// What must stay in sight when a picture is cut: by a click, or by the arrow keys.
function focal(picture, field) {
  if (!field || picture.closest('.focal')) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'focal' });
  const point = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const ring = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  point.setAttribute('viewBox', '0 0 100 100');
  point.setAttribute('preserveAspectRatio', 'none');
  point.setAttribute('aria-hidden', 'true');
  ring.setAttribute('r', '9');
  point.append(ring);
  picture.replaceWith(button);
  button.append(picture, point);
  const at = () => field.value.split(',').map(Number).concat(0, 0).slice(0, 2).map((n) => n || 0);
  const draw = () => {
    const [x, y] = at();
    ring.setAttribute('cx', String((x + 1) * 50));
    ring.setAttribute('cy', String((1 - y) * 50));
    button.setAttribute('aria-label', `What stays in sight when the picture is cut: ${y > 0.33 ? 'top' : y < -0.33 ? 'bottom' : 'middle'}${x > 0.33 ? ' right' : x < -0.33 ? ' left' : ''}. Move it with the arrow keys.`);
  };
  const set = (x, y) => {
    field.value = `${edge(x)},${edge(y)}`;
    draw();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  button.addEventListener('click', (event) => {
    // A key that presses the button points nowhere.
    if (event.detail === 0) return;
    const box = button.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
  });
  button.addEventListener('keydown', (event) => {
    const [dx, dy] = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, 0.2], ArrowDown: [0, -0.2] }[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const [x, y] = at();
    set(x + dx, y + dy);
  });
  draw();
}

function take(form, files, event) {
  const kinds = form.querySelector('[data-picture] input[type="file"]')?.accept.split(',') ?? [];
  const pictures = files.filter((f) => kinds.includes(f.type));
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
  row.querySelector('.focal, img, video, audio')?.remove();
  const field = row.querySelector('input[name^="focus"]');
  if (field) field.value = '';
  const [file] = input.files;
  const kind = file?.type.split('/')[0];
  const most = Number(kind === 'image' ? input.dataset.mostPicture : input.dataset.mostFilm);
  // Said before it is sent in vain.
  input.setCustomValidity(file?.size > most ? `This file is larger than ${Math.floor(most / 2 ** 20)} MB.` : '');
  if (!input.checkValidity()) input.reportValidity();
  else if (kind === 'image') {
    const shown = Object.assign(document.createElement('img'), { alt: '', src: URL.createObjectURL(file) });
    shown.addEventListener('load', () => URL.revokeObjectURL(shown.src), { once: true });
    row.prepend(shown);
    focal(shown, field);
  } else if (kind === 'video' || kind === 'audio') {
    // Its address stays: it may be played until the form is sent.
    const shown = Object.assign(document.createElement(kind), { src: URL.createObjectURL(file), controls: true, preload: 'metadata', muted: kind === 'video' });
    shown.setAttribute('aria-label', file.name);
    row.prepend(shown);
  }
  if (file && input.checkValidity()) row.querySelector('input[type="text"]').focus();
  describe(input.form);
}

// Asks once before pictures go out that nobody described.
function describe(form) {
  const bare = () =>
    [...form.querySelectorAll('[data-picture]')].some((r) => r.querySelector('input[type="file"]').files.length > 0 && !r.querySelector('input[type="text"]').value.trim()) ||
    [...form.querySelectorAll('.held-picture')].some((r) => !r.querySelector('input[type="checkbox"]').checked && !r.querySelector('textarea').value.trim());
  const ask = () => {
    if (bare()) {
      form.dataset.confirm = 'Post media without a description?';
      form.dataset.confirmText = 'Those who do not see or hear it will not know what it is.';
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
