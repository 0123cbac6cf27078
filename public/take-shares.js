// Takes in photos that another app shares with this one: the form that the manifest says (share_target), posted to /deel. It is a service
// worker of its own, which controls no page: nothing of it is loaded before the app was put on a home screen.
importScripts("/share.js");

const CODE = "/share_bg.wasm";
const CACHE = "share";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(CODE)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode !== "navigate") return;
  event.respondWith(request.method === "POST" ? takeIn(request) : Response.redirect("/", 303));
});

/** Answers with the address at which the photos are, or at which the page asks to share them once more. */
async function takeIn(request) {
  let address = "/?gedeeld=opnieuw";
  try {
    const files = (await request.formData()).getAll("foto");
    await wasm_bindgen({ module_or_path: (await caches.match(CODE)) ?? CODE });
    address = await wasm_bindgen.take_in(files);
    // Other tabs read their drafts again.
    new BroadcastChannel("wijkbeeld").postMessage('{"changed":"drafts"}');
  } catch {
    // What was shared is still in the other app.
  }
  return Response.redirect(address, 303);
}

async function forgetOlder() {
  const cache = await caches.open(CACHE);
  const old = (await cache.keys()).filter(({ url }) => !url.endsWith(CODE));
  await Promise.all(old.map((request) => cache.delete(request)));
}
