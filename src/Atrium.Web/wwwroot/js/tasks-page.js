// What several pages of Tasks share: who is looking, how many are selected, chips over a quick line, days dragged in a calendar.

// On a task's page only who looks at the task counts, on a project's who looks at the project.
function looking({ target, detail }) {
  if (!Array.isArray(detail?.data)) return;
  const own = document.querySelector('[data-here]');
  if (own && !target.contains?.(own)) return;
  if (own && !detail.topic?.startsWith('task:')) return;
  const here = new Set(detail.data);
  const names = [];
  for (const person of (own ?? document).querySelectorAll(own ? '[data-handle]' : '#project-people [data-handle]')) {
    const face = person.querySelector('.avatar');
    const on = here.has(person.dataset.handle);
    face?.classList.toggle('here', on);
    if (face) face.title = face.title.replace(/, looking now$/, '') + (on ? ', looking now' : '');
    if (face && on) names.push(face.title.replace(/, looking now$/, ''));
  }
  const words = document.querySelector('[data-here-words]');
  if (words) words.textContent = here.size > 1 ? `${names.length > 1 ? names.join(', ') : here.size} are looking` : '';
}

function picked() {
  const bar = document.getElementById('bulk');
  if (!bar) return;
  const count = document.querySelectorAll('.pick:checked').length;
  const whole = bar.elements.whole?.checked;
  bar.querySelector('[data-picked]').textContent = whole ? 'All' : String(count);
  bar.classList.toggle('some', whole || count > 0);
}

// Chips of a quick line are drawn by the house, so that they say what will really be saved.
let waiting = 0;
async function preview(input) {
  const place = input.closest('form').querySelector('.quick-chips');
  const line = input.value.trim();
  if (!place) return;
  if (!line) return place.replaceChildren();
  try {
    const answer = await fetch(input.dataset.preview, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams({ line }) });
    if (!answer.ok || input.value.trim() !== line) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    place.replaceChildren(...[...page.body.childNodes].map((n) => document.importNode(n, true)));
  } catch {
    // Without the house there is nothing to show; saving will say so.
  }
}

function typed({ target }) {
  if (!target.matches?.('[data-preview]')) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => preview(target), 180);
}

// A task of the calendar is dragged to another day: its own form goes with the new date.
let held = null;
function grab(event) {
  held = event.target.closest?.('.entry[data-id]') ?? null;
  if (held) event.dataTransfer.setData('text/plain', held.dataset.id);
}

function over(event) {
  const day = held && event.target.closest?.('td[data-day]');
  if (!day) return;
  event.preventDefault();
  for (const other of document.querySelectorAll('td.drop')) if (other !== day) other.classList.remove('drop');
  day.classList.add('drop');
}

function letGo(event) {
  const day = held && event.target.closest?.('td[data-day]');
  for (const other of document.querySelectorAll('td.drop')) other.classList.remove('drop');
  const form = document.getElementById('calendar-move');
  if (!day || !form) return;
  event.preventDefault();
  form.action = `${held.dataset.href}/due`;
  form.elements.due.value = day.dataset.day;
  held = null;
  form.requestSubmit();
}

document.addEventListener('live:presence', looking);
document.addEventListener('change', ({ target }) => target.matches?.('.pick, [data-pick-all]') && picked());
document.addEventListener('atrium:content', picked);
document.addEventListener('input', typed);
document.addEventListener('dragstart', grab);
document.addEventListener('dragover', over);
document.addEventListener('drop', letGo);
picked();
