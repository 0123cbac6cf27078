// From a file to a large and a small JPEG, by each of them: both sides as we want them, and the quality that is asked for.
const [LARGE_PX, SMALL_PX] = [2048, 400];
const TYPE = "image/jpeg";
const resizer = pica();
const nativeWorker = new Worker("/native-worker.js");

const PEERS = {
  /** The browser's own decoder, resizer and encoder, in a worker: as fast as it can be. Nothing is checked. */
  native: (file, qualities) => new Promise((resolve, reject) => {
    nativeWorker.onmessage = ({ data }) => resolve(data);
    nativeWorker.onerror = reject;
    nativeWorker.postMessage({ file, qualities });
  }),

  async "browser-image-compression"(file, [large, small]) {
    const options = { useWebWorker: true, libURL: location.origin + "/browser-image-compression.js", fileType: TYPE };
    const first = await imageCompression(file, { ...options, maxWidthOrHeight: LARGE_PX, initialQuality: large });
    const second = await imageCompression(first, { ...options, maxWidthOrHeight: SMALL_PX, initialQuality: small });
    return { large: first, small: second };
  },

  async compressorjs(file, [large, small]) {
    const compress = (file, side, quality) => new Promise((success, error) => {
      new Compressor(file, { maxWidth: side, maxHeight: side, quality, mimeType: TYPE, success, error });
    });
    const first = await compress(file, LARGE_PX, large);
    return { large: first, small: await compress(first, SMALL_PX, small) };
  },

  async pica(file, [large, small]) {
    const bitmap = await createImageBitmap(file);
    const canvas = (from, side) => {
      const scale = side / Math.max(from.width, from.height);
      return Object.assign(document.createElement("canvas"), { width: Math.round(from.width * scale), height: Math.round(from.height * scale) });
    };
    const first = await resizer.resize(bitmap, canvas(bitmap, LARGE_PX));
    bitmap.close();
    const second = await resizer.resize(first, canvas(first, SMALL_PX));
    return { large: await resizer.toBlob(first, TYPE, large), small: await resizer.toBlob(second, TYPE, small) };
  },
};

/** Called by the measurement: how long one takes, and what comes of it. */
async function run(name, qualities) {
  const began = performance.now();
  const { large, small } = await PEERS[name](window.photo, qualities);
  const ms = performance.now() - began;
  window.last = large;
  return { ms, large: large.size, small: small.size };
}
