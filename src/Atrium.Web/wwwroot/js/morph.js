// Makes one piece of the page like another with as little change as possible: what is the same stays the same node,
// so focus, selection, open menus and half-typed fields survive.
const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || null : null);

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

const isTyping = (node) => {
  const active = document.activeElement;
  return active?.matches('input, textarea, select, [contenteditable]') && node.contains(active);
};

const isDirty = (field) => {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.localName === 'select') return [...field.options].some((o) => o.selected !== o.defaultSelected);
  return field.value !== field.defaultValue;
};

// Set by script or by the reader, not by the server.
const kept = new Set(['open', 'aria-busy']);

function attributes(from, to) {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !kept.has(name)) from.removeAttribute(name);
  for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
}

function field(from, to) {
  if (from === document.activeElement || isDirty(from)) return false;
  attributes(from, to);
  if (from.localName === 'textarea') from.textContent = to.textContent;
  if ('value' in from && from.type !== 'file') from.value = to.value;
  if ('checked' in from) from.checked = to.checked;
  return true;
}

function element(from, to) {
  if (from.isEqualNode(to) || from.hasAttribute('data-permanent')) return true;
  if (from.matches('input, textarea')) return field(from, to);
  if (from.matches('select') && (from === document.activeElement || isDirty(from))) return false;
  attributes(from, to);
  return children(from, to);
}

/**
 * Makes the children of `from` like those of `to`.
 * @returns {boolean} false when something was left alone because the reader is busy with it
 */
export function children(from, to) {
  let whole = true;
  const keyed = new Map([...from.childNodes].filter(keyOf).map((n) => [keyOf(n), n]));
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    let match = key ? keyed.get(key) : null;
    if (match && !alike(match, wanted)) match = null;
    if (!match && !key) {
      // Passing over keyed nodes: they wait for their own turn.
      let look = at;
      while (look && (keyOf(look) || !alike(look, wanted))) look = look.nextSibling;
      match = look;
    }
    if (!match) {
      from.insertBefore(document.importNode(wanted, true), at);
      continue;
    }
    if (match === at) at = at.nextSibling;
    else if (from.moveBefore && match.isConnected) from.moveBefore(match, at);
    else from.insertBefore(match, at);
    if (match.nodeType === Node.ELEMENT_NODE) whole = element(match, wanted) && whole;
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  while (at) {
    const next = at.nextSibling;
    if (isTyping(at)) whole = false;
    else at.remove();
    at = next;
  }
  return whole;
}
