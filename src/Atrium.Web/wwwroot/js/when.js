// Keeps “5 min” true while a page stays open. From a day on, the server's words stand.
function say(seconds) {
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

function tick() {
  const now = Date.now();
  for (const time of document.querySelectorAll('time[data-when="ago"]')) {
    const seconds = (now - Date.parse(time.dateTime)) / 1000;
    if (seconds < 0 || seconds >= 86_400) continue;
    const text = say(seconds);
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tick, 20_000);
document.addEventListener('visibilitychange', () => document.hidden || tick());
