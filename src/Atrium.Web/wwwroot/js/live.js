// One WebSocket for the tab, whatever listens. A topic that cannot be trusted any more is told so by `resync`.
const topics = new Map();
let socket = null;
let wait = 500;
let timer = 0;

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function connect() {
  if (socket || topics.size === 0) return;
  socket = new WebSocket(new URL('/live', location.href.replace(/^http/, 'ws')));
  socket.addEventListener('open', () => {
    wait = 500;
    for (const [topic, { cursor }] of topics) send({ op: 'sub', topic, cursor: String(cursor) });
  });
  socket.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
  socket.addEventListener('close', () => {
    socket = null;
    if (topics.size === 0) return;
    // Spread out, so that a house that restarts is not run over.
    timer = setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 30_000);
  });
}

function hear(frame) {
  const topic = topics.get(frame.topic);
  if (!topic) return;
  const cursor = BigInt(frame.cursor ?? 0);
  if (frame.kind === 'change' && cursor <= topic.cursor) return;
  if (cursor > topic.cursor) topic.cursor = cursor;
  for (const handler of [...topic.handlers]) handler(frame);
}

/**
 * Listens to a topic.
 * @param {string} topic such as `project:7391`
 * @param {string} cursor where the topic stood when the page was rendered
 * @param {(frame: {topic: string, cursor: string, kind: 'change'|'resync'|'presence'|'refused', data: any}) => void} handler
 * @returns {() => void} stops listening
 */
export function subscribe(topic, cursor, handler) {
  let entry = topics.get(topic);
  if (!entry) {
    entry = { cursor: BigInt(cursor || 0), handlers: new Set() };
    topics.set(topic, entry);
    send({ op: 'sub', topic, cursor: String(entry.cursor) });
  } else if (BigInt(cursor || 0) < entry.cursor) {
    // Rendered before what the others have heard of already: nobody tells it again.
    const missed = { topic, cursor: String(entry.cursor), kind: 'resync', data: null };
    queueMicrotask(() => entry.handlers.has(handler) && handler(missed));
  }
  entry.handlers.add(handler);
  clearTimeout(timer);
  connect();
  return () => {
    entry.handlers.delete(handler);
    if (entry.handlers.size > 0 || topics.get(topic) !== entry) return;
    topics.delete(topic);
    send({ op: 'unsub', topic });
    if (topics.size === 0) {
      clearTimeout(timer);
      socket?.close();
    }
  };
}

/** Says that the page now shows a topic as of `cursor`: what came before is no news. */
export function seen(topic, cursor) {
  const entry = topics.get(topic);
  if (entry && BigInt(cursor || 0) > entry.cursor) entry.cursor = BigInt(cursor);
}

addEventListener('online', () => {
  clearTimeout(timer);
  connect();
});
