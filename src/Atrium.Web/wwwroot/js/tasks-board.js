import { toast } from './toast.js';

/**
 * <task-board project="1" may-write>: makes the board's working forms quick. Cards are dragged (mouse, pen, or a long press of a finger)
 * or moved by arrow keys; the move shows at once and is taken back, with a word, when someone else was first.
 */
class TaskBoard extends HTMLElement {
  #drag = null;
  #moves = [];

  connectedCallback() {
    this.addEventListener('pointerdown', this.#down);
    this.addEventListener('touchmove', this.#still, { passive: false });
    this.addEventListener('click', this.#clicked, true);
    this.addEventListener('focusin', this.#focus);
    this.addEventListener('focusout', this.#focus);
    this.addEventListener('dragstart', this.#native);
    document.addEventListener('submit', this.#submit, true);
    document.addEventListener('click', this.#key);
    this.#arrows(false);
  }

  disconnectedCallback() {
    document.removeEventListener('submit', this.#submit, true);
    document.removeEventListener('click', this.#key);
    this.#drop();
  }

  get #region() {
    return this.closest('live-region');
  }

  get #columns() {
    return [...this.querySelectorAll(':scope > .column')];
  }

  #cards(column) {
    return [...column.querySelectorAll(':scope > ol > .tile:not(.hole)')];
  }

  get #current() {
    return document.activeElement?.closest?.('task-board .tile') ?? null;
  }

  #say(text) {
    const place = document.getElementById('board-said');
    if (place) place.textContent = text;
  }

  #title(card) {
    return card.querySelector('.title').textContent;
  }

  #name(column) {
    return column.getAttribute('aria-label');
  }

  // ── Moving ────────────────────────────────────────────────────────

  /** Puts a card into a column before another (or at the end), here at once and then in the house. */
  move(card, column, before) {
    const list = column.querySelector(':scope > ol');
    const home = { list: card.parentElement, next: card.nextElementSibling };
    if (home.list === list && home.next === before) return;
    const focused = card.contains(document.activeElement);
    list.insertBefore(card, before);
    if (focused) card.querySelector('.title').focus();
    this.#count();
    const others = this.#cards(column);
    this.#say(`“${this.#title(card)}” moved to ${this.#name(column)}, ${others.indexOf(card) + 1} of ${others.length}.`);
    const place = { column: column.dataset.column };
    const after = card.previousElementSibling?.dataset.id;
    const next = card.nextElementSibling?.dataset.id;
    if (after) place.after = after;
    if (next) place.before = next;

    this.#moves.push({ card, home, place });
    if (this.#moves.length === 1) this.#send();
  }

  // One at a time: a quick second step builds on the revision that the first one made.
  async #send() {
    this.#region?.pause();
    this.toggleAttribute('sending', true);
    while (this.#moves.length) {
      const { card, home, place } = this.#moves[0];
      try {
        const answer = await fetch(`/api/tasks/tasks/${card.dataset.id}/move`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', 'if-match': `"${card.dataset.revision}"` },
          body: JSON.stringify(place),
        });
        const body = await answer.json().catch(() => ({}));
        if (answer.ok) card.dataset.revision = body.revision;
        else this.#lost(card, home, answer.status, body);
      } catch {
        this.#lost(card, home, 0, {});
      }
      this.#moves.shift();
    }
    this.toggleAttribute('sending', false);
    this.#region?.resume();
    this.#region?.refresh();
  }

  #lost(card, home, status, body) {
    // The steps after the one that was lost began where the card no longer is.
    this.#moves = [this.#moves[0], ...this.#moves.slice(1).filter((later) => later.card !== card)];
    if (card.isConnected) {
      home.list.insertBefore(card, home.next?.parentElement === home.list ? home.next : null);
      this.#count();
    }
    const title = this.#title(card);
    const word = status === 412 || status === 409 ? `Not moved: someone else changed “${title}” a moment ago. The board shows what is so now.`
      : status === 0 ? `Not moved: the house cannot be reached. “${title}” is back where it was.`
      : `Not moved: ${body.detail ?? body.title ?? 'the house said no'}`;
    toast(word, { bad: true });
    this.#say(word);
  }

  #count() {
    for (const column of this.#columns) {
      const place = column.querySelector(':scope > header .count');
      const shown = this.#cards(column).length;
      const more = Number(place.dataset.more ?? (place.dataset.more = Math.max(0, parseInt(place.textContent, 10) - Number(column.dataset.shown ?? shown))));
      const limit = / of (\d+)/.exec(place.textContent)?.[1];
      place.textContent = limit ? `${shown + more} of ${limit}` : `${shown + more}`;
      place.classList.toggle('over', Boolean(limit) && shown + more > Number(limit));
    }
  }

  // ── Pointer ───────────────────────────────────────────────────────

  #down = (event) => {
    const card = event.target.closest('.tile');
    if (!card || this.#drag || event.button !== 0 || !this.hasAttribute('may-write') || event.target.closest('.tile-acts, .menu, input, button')) return;
    const drag = { card, id: event.pointerId, touch: event.pointerType === 'touch', x: event.clientX, y: event.clientY, on: false };
    this.#drag = drag;
    addEventListener('pointermove', this.#go);
    addEventListener('pointerup', this.#up);
    addEventListener('pointercancel', this.#cancel);
    addEventListener('keydown', this.#escape, true);
    // A finger that moves at once scrolls; one that rests takes the card.
    if (drag.touch) drag.timer = setTimeout(() => this.#lift(), 320);
  };

  #go = (event) => {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.on) {
      if (far < 6) return;
      if (drag.touch) return this.#drop();
      this.#lift();
    }
    drag.at = { x: event.clientX, y: event.clientY };
    this.#follow();
  };

  #lift() {
    const drag = this.#drag;
    if (!drag || !drag.card.isConnected) return;
    drag.on = true;
    this.#region?.pause();
    const box = drag.card.getBoundingClientRect();
    drag.dx = drag.x - box.left;
    drag.dy = drag.y - box.top;
    drag.at = { x: drag.x, y: drag.y };
    drag.hole = document.createElement('li');
    drag.hole.className = 'tile hole';
    drag.hole.setAttribute('aria-hidden', 'true');
    drag.hole.style.blockSize = `${box.height}px`;
    drag.ghost = drag.card.cloneNode(true);
    drag.ghost.removeAttribute('id');
    for (const named of drag.ghost.querySelectorAll('[id], [popover], input')) named.remove();
    drag.ghost.classList.add('dragging', 'ghost');
    drag.ghost.setAttribute('aria-hidden', 'true');
    drag.ghost.style.inlineSize = `${box.width}px`;
    document.body.append(drag.ghost);
    drag.next = drag.card.nextElementSibling;
    drag.home = drag.card.parentElement;
    drag.card.before(drag.hole);
    drag.card.hidden = true;
    this.classList.add('is-dragging');
    getSelection()?.removeAllRanges();
    this.#follow();
    drag.frame = requestAnimationFrame(this.#scroll);
  }

  #follow() {
    const { ghost, at, dx, dy, hole } = this.#drag;
    ghost.style.left = `${at.x - dx}px`;
    ghost.style.top = `${at.y - dy}px`;
    const column = this.#columns.find((c) => {
      const box = c.getBoundingClientRect();
      return at.x >= box.left - 6 && at.x < box.right + 6;
    });
    if (!column) return;
    for (const other of this.#columns) other.classList.toggle('drop', other === column);
    const list = column.querySelector(':scope > ol');
    const below = this.#cards(column).filter((c) => !c.hidden).find((c) => {
      const box = c.getBoundingClientRect();
      return at.y - dy + ghost.offsetHeight / 2 < box.top + box.height / 2;
    });
    if (hole.parentElement !== list || hole.nextElementSibling !== (below ?? null)) list.insertBefore(hole, below ?? null);
  }

  // At an edge the board, or the column, comes along.
  #scroll = () => {
    const drag = this.#drag;
    if (!drag?.on) return;
    const box = this.getBoundingClientRect();
    const edge = 56;
    const side = drag.at.x < box.left + edge ? -1 : drag.at.x > box.right - edge ? 1 : 0;
    if (side) this.scrollLeft += side * 12;
    const list = drag.hole.parentElement.getBoundingClientRect();
    const way = drag.at.y < list.top + edge ? -1 : drag.at.y > list.bottom - edge ? 1 : 0;
    if (way) drag.hole.parentElement.scrollTop += way * 9;
    if (side || way) this.#follow();
    drag.frame = requestAnimationFrame(this.#scroll);
  };

  #up = (event) => {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.id) return;
    if (!drag.on) return this.#drop();
    const column = drag.hole.closest('.column');
    let before = drag.hole.nextElementSibling;
    if (before === drag.card) before = drag.card.nextElementSibling;
    const { card } = drag;
    this.#drop();
    // The click that ends a drag opens nothing.
    this.dropped = performance.now();
    this.move(card, column, before);
  };

  #cancel = (event) => {
    if (event.pointerId === this.#drag?.id) this.#drop();
  };

  #escape = (event) => {
    if (event.key !== 'Escape' || !this.#drag?.on) return;
    event.preventDefault();
    event.stopPropagation();
    this.#drop();
    this.#say('Not moved.');
  };

  #drop() {
    const drag = this.#drag;
    if (!drag) return;
    this.#drag = null;
    clearTimeout(drag.timer);
    cancelAnimationFrame(drag.frame);
    removeEventListener('pointermove', this.#go);
    removeEventListener('pointerup', this.#up);
    removeEventListener('pointercancel', this.#cancel);
    removeEventListener('keydown', this.#escape, true);
    if (!drag.on) return;
    drag.ghost.remove();
    drag.hole.remove();
    drag.card.hidden = false;
    this.classList.remove('is-dragging');
    for (const column of this.#columns) column.classList.remove('drop');
    this.#region?.resume();
  }

  #still = (event) => {
    if (this.#drag?.on) event.preventDefault();
  };

  #native = (event) => {
    if (event.target.closest?.('.tile')) event.preventDefault();
  };

  #clicked = (event) => {
    if (performance.now() - (this.dropped ?? -1e9) > 200) return;
    event.preventDefault();
    event.stopPropagation();
  };

  // ── Keyboard ──────────────────────────────────────────────────────

  #arrows(on) {
    for (const button of document.querySelectorAll('#board-keys [data-shortcut^="Arrow"]')) button.disabled = !on;
  }

  // Arrows move a card only while a card has the focus; elsewhere they scroll, or walk through a menu.
  #focus = (event) => {
    this.#arrows(event.type === 'focusin' && this.hasAttribute('may-write') && event.target.matches('.tile .title'));
  };

  #key = (event) => {
    const act = event.target.closest?.('#board-keys [data-act]')?.dataset.act;
    if (!act) return;
    const card = this.#current;
    if (act === 'next' || act === 'previous') this.#step(card, act === 'next' ? 1 : -1);
    else if (act === 'new') this.#new(card);
    else if (act === 'pick') this.#pick(card);
    else if (card) this.#arrow(card, act);
  };

  #step(card, by) {
    const all = this.#columns.flatMap((c) => this.#cards(c));
    const to = card ? all[all.indexOf(card) + by] : all[0];
    if (!to) return;
    to.querySelector('.title').focus();
    to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #new(card) {
    const column = card?.closest('.column') ?? this.#columns[0];
    const box = column?.querySelector('details.add');
    if (!box) return;
    box.open = true;
    box.querySelector('[name=title]').focus();
  }

  #pick(card) {
    const box = card?.querySelector('.pick');
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    this.#say(`“${this.#title(card)}” ${box.checked ? 'selected' : 'no longer selected'}.`);
  }

  #arrow(card, way) {
    const column = card.closest('.column');
    const all = this.#cards(column);
    const at = all.indexOf(card);
    if (way === 'up' && at > 0) this.move(card, column, all[at - 1]);
    else if (way === 'down' && at < all.length - 1) this.move(card, column, all[at + 2] ?? null);
    else if (way === 'left' || way === 'right') {
      const columns = this.#columns;
      const to = columns[columns.indexOf(column) + (way === 'left' ? -1 : 1)];
      if (!to) return this.#say(way === 'left' ? 'This is the first column.' : 'This is the last column.');
      this.move(card, to, this.#cards(to)[at] ?? null);
      card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  // ── Forms of the board ────────────────────────────────────────────

  // The menu's "Move to", and "Add a task", without leaving the board.
  #submit = async (event) => {
    const form = event.target;
    if (form.id === 'board-act' && event.submitter?.name === 'column') {
      const card = event.submitter.closest('.tile');
      const column = this.querySelector(`.column[data-column="${CSS.escape(event.submitter.value)}"]`);
      if (!card || !column) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      event.submitter.closest('[popover]')?.hidePopover();
      this.move(card, column, this.#cards(column)[0] ?? null);
    } else if (form.matches('.add-form') && this.contains(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      await this.#add(form);
    }
  };

  async #add(form) {
    const box = form.elements.title;
    const title = box.value.trim();
    if (!title) return;
    box.value = '';
    box.focus();
    try {
      const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams({ column: form.elements.column.value, title }), redirect: 'manual' });
      if (!answer.ok && answer.type !== 'opaqueredirect') throw new Error(String(answer.status));
      this.#say(`“${title}” added to ${this.#name(form.closest('.column'))}.`);
    } catch {
      if (!box.value) box.value = title;
      toast(`Not added: “${title}”. Try again.`, { bad: true });
    }
    this.#region?.refresh();
  }
}

if (!customElements.get('task-board')) customElements.define('task-board', TaskBoard);
