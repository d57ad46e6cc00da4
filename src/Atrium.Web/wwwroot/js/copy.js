import { toast } from './toast.js';

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast('Copied');
  } catch {
    toast('The browser did not let us copy', { bad: true });
  }
}

/** <copy-field>: a box and a button that copies what is in it. */
class CopyField extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', this.#click);
  }

  disconnectedCallback() {
    this.removeEventListener('click', this.#click);
  }

  #click = ({ target }) => {
    const input = this.querySelector('input');
    if (target.closest('button')) copy(input.value);
    else if (target === input) input.select();
  };
}

customElements.define('copy-field', CopyField);

// Anywhere else: data-copy="text", or data-copy-link for an address of ours.
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null;
  if (button) copy(button.hasAttribute('data-copy-link') ? new URL(button.dataset.copy, location.origin).href : button.dataset.copy);
});
