const looks = new CSSStyleSheet();
looks.replaceSync(`
  :host { display: block; margin-block: 0.75rem; max-width: 22rem; }
  :host([hidden]) { display: none; }
  canvas { display: block; max-width: 100%; border-radius: 8px; cursor: move; touch-action: none; }
  label { display: grid; grid-template-columns: 6rem 1fr; align-items: center; margin-top: 0.5rem; }
  input { min-height: 24px; accent-color: currentColor; }
`);

const widest = 352;
const tallest = 264;

/** <crop-box for="file field">: shows the chosen picture and lets its reader move and size the square of it that is kept; its hidden field says where. */
class CropBox extends HTMLElement {
  #picture = null;
  #square = { left: 0, top: 0, side: 0 };
  #held = null;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.hidden = true;
    this.#file?.addEventListener('change', this.#chosen);
  }

  disconnectedCallback() {
    this.#file?.removeEventListener('change', this.#chosen);
    this.#picture?.close();
    this.#picture = null;
  }

  get #file() {
    return this.closest('form')?.elements[this.getAttribute('for')];
  }

  #part(name) {
    return this.shadowRoot.getElementById(name);
  }

  #build() {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [looks];
    root.innerHTML = `
      <canvas id="view" aria-hidden="true"></canvas>
      <label><span>Size</span><input id="side" type="range" /></label>
      <label><span>Sideways</span><input id="left" type="range" /></label>
      <label><span>Up and down</span><input id="top" type="range" /></label>
      <slot></slot>`;
    root.addEventListener('input', ({ target }) => this.#set({ [target.id]: Number(target.value) }));
    const view = this.#part('view');
    view.addEventListener('pointerdown', (event) => {
      view.setPointerCapture(event.pointerId);
      this.#held = { x: event.clientX, y: event.clientY, ...this.#square };
    });
    view.addEventListener('pointermove', (event) => {
      if (!this.#held) return;
      const scale = this.#picture.width / view.getBoundingClientRect().width;
      this.#set({ left: this.#held.left + (event.clientX - this.#held.x) * scale, top: this.#held.top + (event.clientY - this.#held.y) * scale });
    });
    for (const end of ['pointerup', 'pointercancel']) view.addEventListener(end, () => (this.#held = null));
  }

  #chosen = async () => {
    this.#picture?.close();
    this.#picture = null;
    this.#say('');
    const [file] = this.#file.files;
    try {
      if (file) this.#picture = await createImageBitmap(file);
    } catch {
      // Not a picture that this browser knows: the house takes its middle, or says what is wrong with it.
    }
    this.hidden = !this.#picture;
    if (!this.#picture) return;
    const { width, height } = this.#picture;
    const scale = Math.min(widest / width, tallest / height, 1);
    Object.assign(this.#part('view'), { width: Math.round(width * scale), height: Math.round(height * scale) });
    const side = Math.min(width, height);
    this.#square = { left: (width - side) / 2, top: (height - side) / 2, side };
    this.#set({});
  };

  #set(change) {
    const { width, height } = this.#picture;
    const square = { ...this.#square, ...change };
    const most = Math.min(width, height);
    // A new size keeps the middle where it was.
    if (change.side) {
      square.left += (this.#square.side - change.side) / 2;
      square.top += (this.#square.side - change.side) / 2;
    }
    square.side = Math.min(Math.max(square.side, Math.min(64, most)), most);
    square.left = Math.min(Math.max(square.left, 0), width - square.side);
    square.top = Math.min(Math.max(square.top, 0), height - square.side);
    this.#square = square;
    this.#range('side', Math.min(64, most), most);
    this.#range('left', 0, width - square.side);
    this.#range('top', 0, height - square.side);
    this.#say([square.left, square.top, square.side].map(Math.floor).join(','));
    this.#draw();
  }

  #range(name, min, max) {
    const range = this.#part(name);
    Object.assign(range, { min: Math.floor(min), max: Math.floor(max) });
    range.value = Math.floor(this.#square[name]);
    range.disabled = max - min < 1;
  }

  #say(where) {
    this.querySelector('input[type="hidden"]').value = where;
  }

  #draw() {
    const view = this.#part('view');
    const paint = view.getContext('2d');
    const scale = view.width / this.#picture.width;
    const { left, top, side } = this.#square;
    paint.drawImage(this.#picture, 0, 0, view.width, view.height);
    paint.fillStyle = 'rgb(0 0 0 / 0.55)';
    paint.fillRect(0, 0, view.width, view.height);
    paint.drawImage(this.#picture, left, top, side, side, left * scale, top * scale, side * scale, side * scale);
    paint.strokeStyle = '#fff';
    paint.lineWidth = 2;
    paint.strokeRect(left * scale + 1, top * scale + 1, side * scale - 2, side * scale - 2);
  }
}

customElements.define('crop-box', CropBox);
