import { confirm } from './dialogs.js';

const sure = new WeakSet();

// Before the framework sees it: a form that asks first.
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !sure.delete(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const verb = event.submitter?.dataset.confirmVerb ?? form.dataset.confirmVerb ?? event.submitter?.textContent.trim() ?? 'Go on';
    const submitter = event.submitter;
    if (await confirm({ title: question, text: form.dataset.confirmText, verb })) {
      sure.add(form);
      form.requestSubmit(submitter);
    }
    return;
  }
  if (event.submitter && form.method === 'post') event.submitter.setAttribute('aria-busy', 'true');
}, true);

// From the summary straight into the field.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('.form-errors a[href*="#"]') : null;
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest('.field')?.scrollIntoView({ block: 'nearest' });
}, true);

document.addEventListener('change', ({ target }) => {
  if (target.closest?.('[data-autosend]')) target.form?.requestSubmit();
});

function settle() {
  for (const busy of document.querySelectorAll('form [aria-busy="true"]')) busy.removeAttribute('aria-busy');
  document.querySelector('.form-errors[data-focus]')?.focus();
}

addEventListener('pageshow', settle);
document.addEventListener('atrium:content', settle);
document.querySelector('.form-errors[data-focus]')?.focus();
