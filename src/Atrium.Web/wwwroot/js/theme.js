// Shows a theme at once; whoever offers the choice also keeps it on the server.
function show(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll('button[data-theme-set]')) button.setAttribute('aria-pressed', String(button.dataset.themeSet === theme));
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-theme-set]') : null;
  if (button) show(button.dataset.themeSet);
});

document.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement && target.dataset.themeSet && target.checked) show(target.dataset.themeSet);
});
