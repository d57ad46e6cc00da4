// The service worker: shows what the house pushes, and opens it. It keeps nothing and answers no requests.
self.addEventListener('push', (event) => {
  const note = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(note.title ?? 'Atrium', {
    body: note.body,
    tag: note.tag,
    icon: '/_content/Atrium.Web/app-192.png',
    data: { href: note.href ?? '/inbox' },
  }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const href = new URL(event.notification.data?.href ?? '/inbox', self.location.origin);
  if (href.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const tab = tabs.find((t) => t.url === href.href) ?? tabs[0];
    if (!tab) return self.clients.openWindow(href);
    await tab.focus();
    return tab.url === href.href ? undefined : tab.navigate(href).catch(() => self.clients.openWindow(href));
  })());
});

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
