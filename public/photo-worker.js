// Makes photos ready off the page: {file} comes in, {ok} or {error} goes out. The page asks for one at a time: two decoded
// photos at once are more than an old phone has room for.
importScripts("/worker.js");

const ready = wasm_bindgen({ module_or_path: "/worker_bg.wasm" });

self.addEventListener("message", async ({ data: { file } }) => {
  try {
    await ready;
    self.postMessage({ ok: await wasm_bindgen.prepare_photo(file) });
  } catch (error) {
    self.postMessage({ error: typeof error === "string" ? error : "undecodable" });
  }
});
