// Menus open without script; script adds arrow keys, and a place where the browser knows no anchors.
const items = (menu) => [...menu.querySelectorAll('li > :is(a, button)')].filter((i) => !i.disabled && i.checkVisibility());

function place(menu) {
  if (CSS.supports('position-area', 'block-end')) return;
  const button = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  if (!button) return;
  const at = button.getBoundingClientRect();
  const wide = menu.offsetWidth;
  menu.style.top = `${Math.min(at.bottom, innerHeight - menu.offsetHeight - 8)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - wide, innerWidth - wide - 8))}px`;
}

document.addEventListener('toggle', ({ target, newState }) => {
  if (!(target instanceof HTMLElement) || !target.matches('.menu[popover]') || newState !== 'open') return;
  place(target);
  items(target)[0]?.focus({ focusVisible: false });
}, true);

document.addEventListener('keydown', (event) => {
  const menu = event.target instanceof Element ? event.target.closest('.menu[popover]') : null;
  if (!menu) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all.at(to % all.length)?.focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    all.find((i, n) => n !== at && i.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
});

document.addEventListener('click', ({ target }) => {
  const item = target instanceof Element ? target.closest('.menu[popover] li > :is(a, button), .sheet[popover] a') : null;
  item?.closest('[popover]').hidePopover();
});
