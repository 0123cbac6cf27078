// Workbox BackgroundSync: what is sent without network waits in a queue of the service worker, which sends it later.
async function prepare(count) {
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await pause(50);
  await takePhotos(count, keep);
}

function keep(name, photo) {
  const entry = new FormData();
  entry.set("record", JSON.stringify({ name, text: "x".repeat(900) }));
  entry.set("photo", photo);
  return fetch(`/entries/${name}`, { method: "PUT", headers: { "x-queue": "yes" }, body: entry });
}

/** Done when the queue is empty. */
function go() {
  return new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("message", () => resolve(Date.now()), { once: true });
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage("go"));
  });
}
