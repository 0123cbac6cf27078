// Makes a backup or puts one back, off the page: {make: language} or {putBack: file} comes in, {ok} or {error} goes out.
importScripts("/keeper.js");

const ready = wasm_bindgen({ module_or_path: "/keeper_bg.wasm" });

self.addEventListener("message", async ({ data: { make, putBack } }) => {
  try {
    await ready.catch(() => { throw "not_here"; });
    self.postMessage({ ok: await (putBack ? wasm_bindgen.put_back(putBack) : wasm_bindgen.make_backup(make)) });
  } catch (error) {
    self.postMessage({ error: typeof error === "string" ? error : "failed" });
  }
});
