// Asks the browser to send once this page is closed, wherever browsers do that (Background Sync). Loaded with what sends.
//
// The worker is one of its own: it controls no page, so that a new version of it never waits for one.
if ("serviceWorker" in navigator && "SyncManager" in window) {
  const registered = navigator.serviceWorker.register("/send-closed.js", { scope: "/send-closed/" });
  const ask = () => registered.then((registration) => registration.sync.register("send")).catch(() => {});
  // What tabs tell each other: something was written, or is on its way.
  new BroadcastChannel("wijkbeeld").addEventListener("message", ({ data }) => {
    if (data === '"queued"' || /"sending":\["/.test(data)) ask();
  });
  ask();
}
