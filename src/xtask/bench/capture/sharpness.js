// How near a JPEG is to what its photo looks like at that size: SSIM of its light beside a careful downscale of the original.

/** Returns the light of each pixel, 0 to 255 (ITU-R BT.601). */
async function lightOf(blob) {
  const bitmap = await createImageBitmap(blob);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const light = new Float32Array(width * height);
  for (let at = 0; at < light.length; at += 1) light[at] = 0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2];
  return { light, width, height };
}

/** Downscales by Lanczos of three lobes, in floating point: first across, then down. */
function downscaled({ light, width, height }, toWidth, toHeight) {
  const across = resampled(width, toWidth);
  const down = resampled(height, toHeight);
  const narrow = new Float32Array(toWidth * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < toWidth; x += 1) {
      const { first, weights } = across[x];
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap += 1) sum += weights[tap] * light[y * width + first + tap];
      narrow[y * toWidth + x] = sum;
    }
  }
  const small = new Float32Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y += 1) {
    const { first, weights } = down[y];
    for (let tap = 0; tap < weights.length; tap += 1) {
      const row = (first + tap) * toWidth;
      for (let x = 0; x < toWidth; x += 1) small[y * toWidth + x] += weights[tap] * narrow[row + x];
    }
  }
  return { light: small, width: toWidth, height: toHeight };
}

/** Returns, for each pixel of a shorter side, the first pixel of the longer one that counts, and how much each does. */
function resampled(from, to) {
  const scale = from / to;
  const sinc = (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return Array.from({ length: to }, (_, place) => {
    const middle = (place + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(middle - 3 * scale));
    const last = Math.min(from - 1, Math.floor(middle + 3 * scale));
    const weights = Array.from({ length: last - first + 1 }, (_, tap) => {
      const x = (first + tap - middle) / scale;
      return sinc(x) * sinc(x / 3);
    });
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { first, weights: weights.map((weight) => weight / sum) };
  });
}

/** Mean SSIM over windows of 8 by 8 pixels, every fourth (Wang et al. 2004). */
function ssim(a, b) {
  const [C1, C2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let [sum, count] = [0, 0];
  for (let top = 0; top + 8 <= a.height; top += 4) {
    for (let left = 0; left + 8 <= a.width; left += 4) {
      let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + 8; y += 1) {
        for (let x = left; x < left + 8; x += 1) {
          const [va, vb] = [a.light[y * a.width + x], b.light[y * a.width + x]];
          sa += va;
          sb += vb;
          saa += va * va;
          sbb += vb * vb;
          sab += va * vb;
        }
      }
      const [ma, mb] = [sa / 64, sb / 64];
      const [va, vb, cov] = [saa / 64 - ma * ma, sbb / 64 - mb * mb, sab / 64 - ma * mb];
      sum += ((2 * ma * mb + C1) * (2 * cov + C2)) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
      count += 1;
    }
  }
  return sum / count;
}

/** Called by the measurement. */
async function sharpness(jpeg) {
  const made = await lightOf(jpeg);
  window.reference ??= downscaled(await lightOf(window.photo), made.width, made.height);
  return ssim(window.reference, made);
}
