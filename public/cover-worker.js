// Finds faces, covers and turns a photo, and makes a recording ready, off the page: {find}, {cover: {photo, shapes}}, {turn} or {voice}
// comes in, {ok} or {error} goes out.
importScripts("/cover.js");

const ready = wasm_bindgen({ module_or_path: "/cover_bg.wasm" });

self.addEventListener("message", async ({ data: { find, cover, turn, voice } }) => {
  try {
    await ready;
    const { find_faces, cover_photo, turn_photo, ready_voice } = wasm_bindgen;
    self.postMessage({ ok: await (voice ? ready_voice(voice) : find ? find_faces(find) : turn ? turn_photo(turn) : cover_photo(cover.photo, cover.shapes)) });
  } catch (error) {
    self.postMessage({ error: typeof error === "string" ? error : "undecodable" });
  }
});
