// Push on this device: <button data-push="on|off" data-push-key="…">. The server's key is base64url (VAPID).
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

/** Registers the worker and asks for pushes; true once the house knows this device. */
export async function enable(key) {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const worker = await navigator.serviceWorker.register('/sw.js');
  await navigator.serviceWorker.ready;
  const subscription = (await worker.pushManager.getSubscription()) ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));
  const answer = await fetch('/api/home/push', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(subscription.toJSON()) });
  return answer.ok;
}

/** Ends pushes to this device. */
export async function disable() {
  const worker = await navigator.serviceWorker.getRegistration('/');
  const subscription = await worker?.pushManager.getSubscription();
  if (!subscription) return;
  await fetch('/api/home/push', { method: 'DELETE', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ endpoint: subscription.endpoint }) });
  await subscription.unsubscribe();
}

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-push]') : null;
  if (!button) return;
  button.setAttribute('aria-busy', 'true');
  const { toast } = await import('./toast.js');
  try {
    if (button.dataset.push === 'off') {
      await disable();
      toast('This device gets no pushes any more');
    } else if (await enable(button.dataset.pushKey)) toast('This device now gets pushes');
    else toast('The browser does not allow notifications from this house', { bad: true });
  } catch {
    toast('Push could not be set up on this device', { bad: true });
  } finally {
    button.removeAttribute('aria-busy');
  }
});

const able = 'serviceWorker' in navigator && 'PushManager' in globalThis;
function offer() {
  for (const button of document.querySelectorAll('[data-push]')) button.hidden = !able;
}

document.addEventListener('atrium:content', offer);
offer();
