/** <social-news stream="user">: says how many posts came since, and brings them when asked. They never move the page by themselves. */
class SocialNews extends HTMLElement {
  #socket = null;
  #timer = 0;
  #wait = 1000;
  #new = new Set();

  connectedCallback() {
    this.#connect();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect() {
    const address = new URL('/api/v1/streaming', location.href.replace(/^http/, 'ws'));
    address.searchParams.set('stream', this.getAttribute('stream'));
    for (const name of ['tag', 'list']) if (this.getAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#wait = 1000;
      this.toggleAttribute('ready', true);
    });
    socket.addEventListener('message', ({ data }) => data && this.#hear(JSON.parse(data)));
    socket.addEventListener('close', () => {
      if (this.#socket !== socket) return;
      this.#timer = setTimeout(() => this.#connect(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(this.#wait * 2, 60_000);
    });
  }

  #hear({ event, payload }) {
    if (event === 'update') {
      const { id } = JSON.parse(payload);
      if (!document.getElementById(`post-${id}`)) this.#new.add(id);
    } else if (event === 'delete') {
      this.#new.delete(payload);
      document.getElementById(`post-${payload}`)?.remove();
    }
    this.#say();
  }

  #say() {
    if (this.#new.size === 0) {
      this.replaceChildren();
      return;
    }
    let link = this.firstElementChild;
    if (!link) {
      link = Object.assign(document.createElement('a'), { className: 'new-posts', href: location.pathname + location.search });
      link.addEventListener('click', () => this.#new.clear());
      this.append(link);
    }
    link.textContent = this.#new.size === 1 ? '1 new post' : `${this.#new.size} new posts`;
  }
}

customElements.define('social-news', SocialNews);
