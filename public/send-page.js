// The page's side of what only pages can ask of a browser while photos are sent. Loaded with what sends, and told by what
// tabs and the worker that sends tell each other.
const channel = new BroadcastChannel("wijkbeeld");

// To send once this page is closed, wherever browsers do that (Background Sync). The worker is one of its own: it controls no
// page, so that a new version of it never waits for one.
if ("serviceWorker" in navigator && "SyncManager" in window) {
  const registered = navigator.serviceWorker.register("/send-closed.js", { scope: "/send-closed/" });
  const ask = () => registered.then((registration) => registration.sync.register("send")).catch(() => {});
  channel.addEventListener("message", ({ data }) => {
    if (data === '"queued"' || isSending(data)) ask();
  });
  ask();
}

// To keep the screen on while something is sent that somebody asked for: a phone that falls asleep stops sending. A first try
// that fails takes nothing back of the asking.
if ("wakeLock" in navigator) {
  let isAsked = false;
  let isUnderWay = false;
  let awake = null;
  const keep = () => {
    if (isAsked && isUnderWay && !document.hidden) awake ??= navigator.wakeLock.request("screen").catch(() => null);
    else {
      awake?.then((lock) => lock?.release());
      awake = null;
    }
  };
  channel.addEventListener("message", ({ data }) => {
    if (data === '"send_asked"') isAsked = true;
    else if (data.startsWith('{"driver"')) isUnderWay = isSending(data);
    keep();
  });
  document.addEventListener("visibilitychange", keep);
}

function isSending(message) {
  return /^\{"driver".*"sending":\["/.test(message);
}

// To have parts of the app on this phone before they are used without network; none where a person saves data.
channel.addEventListener("message", async ({ data }) => {
  const part = /^"(.+)_wanted"$/.exec(data)?.[1];
  if (!part || navigator.connection?.saveData) return;
  (await navigator.serviceWorker?.ready)?.active.postMessage({ type: "keep-part", page: `/${part}.html` });
});

// To take in what other apps share: they offer an app that was put on the home screen.
const takeShares = () => import("/share-page.js");
if (matchMedia("(display-mode: standalone)").matches) takeShares();
window.addEventListener("appinstalled", takeShares);
