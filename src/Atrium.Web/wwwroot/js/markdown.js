const around = { strong: ['**', '**'], em: ['_', '_'], code: ['`', '`'], link: ['[', '](https://)'] };
const before = { list: '- ', task: '- [ ] ', quote: '> ' };

/** <markdown-editor preview="…">: a toolbar for the textarea inside, and a preview made by the server. */
class MarkdownEditor extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', this.#click);
    this.addEventListener('keydown', this.#key);
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.#click);
    this.removeEventListener('keydown', this.#key);
  }

  get #area() {
    return this.querySelector('textarea');
  }

  #click = ({ target }) => {
    const act = target.closest('[data-act]')?.dataset.act;
    if (act === 'preview') this.#preview(target.closest('[data-act]'));
    else if (act) this.#act(act);
  };

  #key = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target !== this.#area) return;
    const act = { b: 'strong', i: 'em', e: 'code' }[event.key];
    if (act) {
      event.preventDefault();
      this.#act(act);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#area.form?.requestSubmit();
    }
  };

  #act(act) {
    const area = this.#area;
    area.focus();
    const { selectionStart: from, selectionEnd: to, value } = area;
    if (around[act]) {
      const [open, close] = around[act];
      area.setRangeText(open + value.slice(from, to) + close, from, to, 'end');
      if (from === to) area.setSelectionRange(from + open.length, from + open.length);
    } else {
      const start = value.lastIndexOf('\n', from - 1) + 1;
      const lines = value.slice(start, to).split('\n').map((l) => before[act] + l);
      area.setRangeText(lines.join('\n'), start, to, 'end');
    }
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async #preview(button) {
    const pane = this.querySelector('.preview');
    const showing = button.getAttribute('aria-pressed') === 'true';
    button.setAttribute('aria-pressed', String(!showing));
    pane.hidden = showing;
    this.#area.hidden = !showing;
    if (showing) return;
    const answer = await fetch(this.getAttribute('preview'), { method: 'POST', body: new URLSearchParams({ text: this.#area.value }), credentials: 'same-origin' });
    // Made by the text pipeline, for this very purpose; the CSP would stop anything else.
    if (answer.ok) pane.innerHTML = await answer.text();
    else pane.textContent = 'No preview just now.';
  }
}

customElements.define('markdown-editor', MarkdownEditor);
