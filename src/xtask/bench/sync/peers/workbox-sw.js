importScripts("/workbox-core.js", "/workbox-background-sync.js");

const { Queue } = workbox.backgroundSync;
const queue = new Queue("entries", { onSync: async () => ((await caches.has("go")) ? replay() : undefined) });

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Only what is put aside before the measurement: the queue's own requests go past here.
addEventListener("fetch", (event) => {
  const { request } = event;
  if (!request.headers.has("x-queue")) return;
  event.respondWith(putAside(request));
});

async function putAside(request) {
  const headers = new Headers(request.headers);
  headers.delete("x-queue");
  const { url, method } = request;
  await queue.pushRequest({ request: new Request(url, { method, headers, body: await request.blob() }) });
  return new Response("queued");
}

addEventListener("message", (event) => event.waitUntil(sendAll(event.source)));

async function sendAll(page) {
  await caches.open("go");
  for (;;) {
    const isSent = await replay().then(() => true, () => false);
    if (isSent && (await queue.size()) === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  page.postMessage("sent");
}

let running;

/** Once at a time, whoever asks. */
function replay() {
  running ??= queue.replayRequests().finally(() => (running = undefined));
  return running;
}
