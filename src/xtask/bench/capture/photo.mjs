// A photo of 12 megapixels: a real one where there is one, else a drawn one, with the grain of a phone's camera.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CORPUS = process.env.WIJKBEELD_CORPUS ?? fileURLToPath(new URL("../../../../../shared/corpus", import.meta.url));
/** 16 megapixels, so that each of its pixels is a real one. */
const REAL = join(CORPUS, "phone-motorola-g9plus-empty-gps.jpg");

const HEIC = join(CORPUS, "fmt-heic-iphone7-gps-p3.heic");

/** Returns a HEIC of 12 megapixels, where there is one: nothing here makes any. */
export function heicPhoto() {
  return existsSync(HEIC) ? readFileSync(HEIC) : null;
}

export async function takePhoto(context, origin) {
  const [page] = context.pages();
  await page.goto(origin);
  const real = existsSync(REAL) ? readFileSync(REAL).toString("base64") : null;
  return Buffer.from(await page.evaluate(draw, real), "base64");
}

/** Runs in the page. */
async function draw(real) {
  const [width, height] = [4032, 3024];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (real) {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(real), (sign) => sign.charCodeAt(0))]));
    context.imageSmoothingQuality = "high";
    context.drawImage(picture, 0, 0, width, height);
  } else {
    // Houses, windows and bricks: edges of every length and colour.
    for (let number = 0, state = 1; number < 6_000; number += 1) {
      const next = (most) => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) % most;
      const side = number < 60 ? 900 : 90;
      context.fillStyle = `hsl(${next(360)} ${next(60)}% ${20 + next(60)}%)`;
      context.fillRect(next(width), next(height), 8 + next(side), 8 + next(side));
    }
  }
  const pixels = context.getImageData(0, 0, width, height);
  for (let at = 0, state = 7; at < pixels.data.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const grain = ((state >>> 24) & 7) - 3.5;
    for (let part = 0; part < 3; part += 1) pixels.data[at + part] += grain;
  }
  context.putImageData(pixels, 0, 0);
  const bytes = await (await context.canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 })).bytes();
  return bytes.toBase64?.() ?? btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
