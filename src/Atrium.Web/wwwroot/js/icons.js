// Icons for what script draws, from the same sprite the page uses.
const sprite = document.querySelector('svg.icon use')?.getAttribute('href')?.split('#')[0] ?? '/_content/Atrium.Web/icons.svg';

/** An icon of the sprite. */
export function icon(name, size = '') {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', `icon ${size}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(ns, 'use');
  use.setAttribute('href', `${sprite}#i-${name}`);
  svg.append(use);
  return svg;
}
