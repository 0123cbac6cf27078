// Sends when no page is open (Background Sync). It waits for its turn: while a page is open, that page sends.
importScripts("/sender.js");

self.addEventListener("sync", (event) => {
  // What fails, or does not end in the time that the browser gives, the browser asks for again.
  event.waitUntil(navigator.locks.request("wijkbeeld-sync", send));
});

async function send() {
  await wasm_bindgen({ module_or_path: "/sender_bg.wasm" });
  await wasm_bindgen.drive_until_done();
}
