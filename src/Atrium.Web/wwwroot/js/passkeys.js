// Passkeys: the options come from one address, the answer goes to another. Both are ours and speak JSON.
async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Error(json?.detail ?? 'That did not work. Try again.');
  return json;
}

export const supported = () => typeof PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';

/**
 * Makes a new passkey for the member who is signed in.
 * @param {string} optionsUrl answers PublicKeyCredentialCreationOptionsJSON to POST
 * @param {string} completeUrl takes the credential's JSON
 * @param {object} extra goes along to `completeUrl`, such as a name
 */
export async function register(optionsUrl, completeUrl, extra = {}) {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post(optionsUrl));
  const credential = await navigator.credentials.create({ publicKey: options });
  return post(completeUrl, { ...extra, credential: credential.toJSON() });
}

/** Signs in with a passkey. */
export async function signIn(optionsUrl, completeUrl, extra = {}) {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post(optionsUrl));
  const credential = await navigator.credentials.get({ publicKey: options });
  return post(completeUrl, { ...extra, credential: credential.toJSON() });
}

// <button data-passkey="register|sign-in" data-options="…" data-complete="…" data-next="/">; an element of class `error` within
// the same [data-passkey-scope] or form says what went wrong.
document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-passkey]') : null;
  if (!button) return;
  const scope = button.closest('[data-passkey-scope], form') ?? button.parentElement;
  const place = scope.querySelector('[data-passkey-error]');
  button.setAttribute('aria-busy', 'true');
  try {
    const act = button.dataset.passkey === 'register' ? register : signIn;
    const fields = Object.fromEntries([...scope.querySelectorAll('[data-passkey-field]')].map((f) => [f.name, f.value]));
    const answer = await act(button.dataset.options, button.dataset.complete, fields);
    location.assign(answer?.next ?? button.dataset.next ?? '/');
  } catch (error) {
    if (place) {
      place.textContent = error.name === 'NotAllowedError' ? 'Nothing was confirmed. Try again, or sign in another way.' : error.message;
      place.hidden = false;
    }
  } finally {
    button.removeAttribute('aria-busy');
  }
});

function offer() {
  for (const button of document.querySelectorAll('[data-passkey]')) button.hidden = !supported();
}

document.addEventListener('atrium:content', offer);
offer();
