import { seen, subscribe } from './live.js';
import { children } from './morph.js';
import { announce } from './atrium.js';

/**
 * <live-region topic="project:1" cursor="12" src="/tasks/p/1">: fetches `src` again when the topic changes and takes its part
 * of the answer. `hold` makes others' changes wait behind a button. A script that can apply a change itself listens for
 * `live:change` and prevents its default.
 */
class LiveRegion extends HTMLElement {
  static observedAttributes = ['topic', 'cursor'];
  #stop = null;
  #running = false;
  #again = false;
  #paused = 0;
  #pauses = 0;
  #timer = 0;

  connectedCallback() {
    this.#listen();
    this.addEventListener('focusout', this.#left);
  }

  // Moved within the document: nothing to begin again.
  connectedMoveCallback() {}

  disconnectedCallback() {
    this.#stop?.();
    this.#stop = null;
    clearTimeout(this.#timer);
    this.removeEventListener('focusout', this.#left);
  }

  attributeChangedCallback(name, before, now) {
    if (before === null || before === now || !this.isConnected) return;
    if (name === 'topic') this.#listen();
    else seen(this.getAttribute('topic'), now);
  }

  /** Holds changes back, such as while something is dragged; call `resume` as often. */
  pause() {
    this.#paused++;
    this.#pauses++;
  }

  resume() {
    this.#paused = Math.max(0, this.#paused - 1);
    if (this.#paused === 0 && this.#again) this.refresh();
  }

  /** Fetches now. */
  async refresh() {
    this.#again = true;
    // A page nobody looks at asks for nothing, and has read nothing.
    if (document.hidden) document.addEventListener('visibilitychange', () => this.isConnected && this.refresh(), { once: true });
    if (this.#running || this.#paused > 0 || document.hidden) return;
    this.#running = true;
    try {
      while (this.#again && this.#paused === 0 && this.isConnected) {
        this.#again = false;
        const pauses = this.#pauses;
        const answer = await fetch(this.getAttribute('src'), { headers: { accept: 'text/html' }, credentials: 'same-origin' });
        const html = answer.ok ? await answer.text() : '';
        // Asked before what the pause was for: it may not know of it.
        if (pauses !== this.#pauses) this.#again = true;
        else if (answer.ok) this.#take(html);
        else if (answer.status === 404 || answer.status === 403) this.dispatchEvent(new CustomEvent('live:refused', { bubbles: true }));
      }
    } catch {
      // The network is away; the socket's return brings a resync.
    } finally {
      this.#running = false;
    }
  }

  #listen() {
    this.#stop?.();
    this.#stop = subscribe(this.getAttribute('topic'), this.getAttribute('cursor'), (frame) => this.#hear(frame));
  }

  #hear(frame) {
    const event = new CustomEvent(`live:${frame.kind}`, { detail: frame, bubbles: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    if (frame.kind !== 'change' && frame.kind !== 'resync') return;
    if (this.hasAttribute('hold')) this.#offer();
    else {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.refresh(), 40);
    }
  }

  #take(html) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const topic = CSS.escape(this.getAttribute('topic'));
    const fresh = (this.id && page.getElementById(this.id)) || page.querySelector(`live-region[topic="${topic}"]`) || page.body;
    if (fresh.hasAttribute('cursor')) this.setAttribute('cursor', fresh.getAttribute('cursor'));
    this.toggleAttribute('stale', !children(this, fresh));
    announce();
  }

  // What was left alone while the reader typed is taken once they are done.
  #left = () => {
    if (this.hasAttribute('stale')) setTimeout(() => this.hasAttribute('stale') && this.refresh(), 300);
  };

  #offer() {
    if (this.querySelector(':scope > .waiting')) return;
    const bar = document.createElement('div');
    bar.className = 'waiting';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button small';
    button.textContent = 'Show what is new';
    button.addEventListener('click', () => {
      bar.remove();
      this.refresh();
    });
    bar.append(button);
    this.prepend(bar);
  }
}

customElements.define('live-region', LiveRegion);
