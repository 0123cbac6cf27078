// Finds faces, covers and turns a photo, off the page: {find}, {cover: {photo, shapes}} or {turn} comes in, {ok} or {error} goes out.
importScripts("/cover.js");

const ready = wasm_bindgen({ module_or_path: "/cover_bg.wasm" });

self.addEventListener("message", async ({ data: { find, cover, turn } }) => {
  try {
    await ready;
    const { find_faces, cover_photo, turn_photo } = wasm_bindgen;
    self.postMessage({ ok: await (find ? find_faces(find) : turn ? turn_photo(turn) : cover_photo(cover.photo, cover.shapes)) });
  } catch (error) {
    self.postMessage({ error: typeof error === "string" ? error : "undecodable" });
  }
});
