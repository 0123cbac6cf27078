// Has the phone take in what other apps share with this one, from the next time on.
navigator.serviceWorker?.register("/take-shares.js", { scope: "/deel" }).catch(() => {});
