// Makes a HEIC ready that the browser does not decode, off the page: {file} comes in, {ok} or {error} goes out. Its pixels are found by
// libheif, which comes under a licence of its own (/heif-licence.txt); the rest is done as with every photo.
importScripts("/heif.js", "/heif-lib.js");

/** With so many the library takes 250 MB of memory; a file says how many it has before anything is decoded. */
const MAX_PIXELS = 45_000_000;

const ready = wasm_bindgen({ module_or_path: "/heif_bg.wasm" });
const library = fetch("/heif-lib.wasm").then(async (answer) => {
  if (!answer.ok) throw new Error("the library is not there");
  return libheif({ wasmBinary: await answer.arrayBuffer() });
});

self.addEventListener("message", async ({ data: { file } }) => {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { data, width, height, stride } = decode(await library, bytes);
    await ready;
    const colorSpace = wasm_bindgen.is_wide_gamut(bytes) ? "display-p3" : "srgb";
    // As long as the library keeps a row.
    const pixels = new ImageData(new Uint8ClampedArray(data.buffer, data.byteOffset, stride * height), stride / 4, height, { colorSpace });
    self.postMessage({ ok: await wasm_bindgen.prepare_pixels(pixels, width, height, bytes) });
  } catch (error) {
    self.postMessage({ error: typeof error === "string" ? error : "heic" });
  }
});

/** Returns the pixels of the picture that the file is about, upright. What is in memory then goes with this worker. */
function decode(heif, bytes) {
  const file = heif.heif_context_alloc();
  const { code } = heif.heif_context_read_from_memory(file, bytes);
  if (code !== heif.heif_error_code.heif_error_Ok) throw "broken";
  const picture = heif.heif_js_context_get_primary_image_handle(file);
  if (heif.heif_image_handle_get_width(picture) * heif.heif_image_handle_get_height(picture) > MAX_PIXELS) throw "too_many_pixels";
  const decoded = heif.heif_js_decode_image2(picture, heif.heif_colorspace.heif_colorspace_RGB, heif.heif_chroma.heif_chroma_interleaved_RGBA);
  if (!decoded.channels) throw decoded.code === heif.heif_error_code.heif_error_Decoder_plugin_error ? "broken" : "heic";
  return decoded.channels[0];
}
