// Makes photos ready off the page: {id, file} comes in, {id, ok} or {id, error} goes out, one at a time.
importScripts("/worker.js");

const ready = wasm_bindgen({ module_or_path: "/worker_bg.wasm" });
let last = Promise.resolve();

self.addEventListener("message", ({ data: { id, file } }) => {
  // In a row: two decoded photos at once are more than an old phone has room for.
  last = last.then(async () => {
    try {
      await ready;
      self.postMessage({ id, ok: await wasm_bindgen.prepare_photo(file) });
    } catch (error) {
      self.postMessage({ id, error: typeof error === "string" ? error : "undecodable" });
    }
  });
});
