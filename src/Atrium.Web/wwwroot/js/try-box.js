const pause = 300;

/** <try-box answer="id">: its form answers as one types, in the element of that id. Without script the button does. */
class TryBox extends HTMLElement {
  #timer = 0;
  #asked = null;

  connectedCallback() {
    this.addEventListener('input', this.#later);
    this.toggleAttribute('ready', true);
  }

  disconnectedCallback() {
    this.removeEventListener('input', this.#later);
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  #later = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), pause);
  };

  async #ask() {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    const form = this.querySelector('form');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin', signal: asked.signal });
      if (!answer.ok) return;
      const id = this.getAttribute('answer');
      const said = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
      if (said && !asked.signal.aborted) document.getElementById(id)?.replaceChildren(...said.childNodes);
    } catch {
      // Asked anew, or not to be reached: what stands there stays.
    }
  }
}

customElements.define('try-box', TryBox);
