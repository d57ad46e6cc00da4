import { icon } from './icons.js';

/** <upload-zone post="…">: takes dropped files; with `post` sends each at once and shows how far it is. */
class UploadZone extends HTMLElement {
  connectedCallback() {
    this.addEventListener('dragover', this.#over);
    this.addEventListener('dragleave', this.#out);
    this.addEventListener('drop', this.#drop);
    this.addEventListener('change', this.#chosen);
  }

  disconnectedCallback() {
    this.removeEventListener('dragover', this.#over);
    this.removeEventListener('dragleave', this.#out);
    this.removeEventListener('drop', this.#drop);
    this.removeEventListener('change', this.#chosen);
  }

  get #input() {
    return this.querySelector('input[type="file"]');
  }

  get #list() {
    return this.querySelector('.upload-list');
  }

  #over = (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    this.querySelector('.upload').classList.add('over');
  };

  #out = () => this.querySelector('.upload').classList.remove('over');

  #drop = (event) => {
    event.preventDefault();
    this.#out();
    const files = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, this.#input.multiple ? undefined : 1)) files.items.add(file);
    this.#input.files = files.files;
    this.#input.dispatchEvent(new Event('change', { bubbles: true }));
  };

  #chosen = (event) => {
    if (event.target !== this.#input) return;
    if (!this.hasAttribute('post')) this.#list.replaceChildren();
    for (const file of this.#input.files) this.hasAttribute('post') ? this.#send(file) : this.#list.append(this.#row(file).row);
    this.#list.hidden = this.#list.childElementCount === 0;
    if (this.hasAttribute('post')) this.#input.value = '';
  };

  #row(file) {
    const row = Object.assign(document.createElement('li'), { className: 'row slim' });
    const main = Object.assign(document.createElement('div'), { className: 'main' });
    main.append(Object.assign(document.createElement('span'), { className: 'title plain', textContent: file.name }));
    const trail = Object.assign(document.createElement('div'), { className: 'trail' });
    trail.textContent = new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: file.size < 1e6 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(file.size / (file.size < 1e6 ? 1e3 : 1e6));
    row.append(icon('file'), main, trail);
    return { row, main, trail };
  }

  #send(file) {
    const { row, main, trail } = this.#row(file);
    const bar = Object.assign(document.createElement('progress'), { className: 'progress thin', max: 100, value: 0 });
    bar.setAttribute('aria-label', file.name);
    main.append(bar);
    this.#list.append(row);
    const request = new XMLHttpRequest();
    request.upload.addEventListener('progress', (e) => {
      bar.value = e.lengthComputable ? (e.loaded / e.total) * 100 : 0;
      trail.textContent = `${Math.round(bar.value)} %`;
    });
    request.addEventListener('loadend', () => {
      const answer = request.status ? JSON.parse(request.responseText || 'null') : null;
      if (request.status >= 200 && request.status < 300) {
        row.remove();
        this.#list.hidden = this.#list.childElementCount === 0;
        this.dispatchEvent(new CustomEvent('uploaded', { detail: { file, answer }, bubbles: true }));
      } else {
        bar.remove();
        const why = Object.assign(document.createElement('p'), { className: 'error sub', textContent: answer?.detail ?? 'Not sent. Try again.' });
        main.append(why);
        trail.textContent = '';
      }
    });
    const body = new FormData();
    body.append(this.#input.name, file);
    request.open('POST', this.getAttribute('post'));
    request.setRequestHeader('accept', 'application/json');
    request.send(body);
  }
}

customElements.define('upload-zone', UploadZone);
