// The best native path: decoded once and resized by the browser, drawn, and encoded twice at a time.
self.onmessage = async ({ data: { file, qualities: [large, small] } }) => {
  const picture = await createImageBitmap(file, { resizeWidth: 2048, resizeHeight: 1536, resizeQuality: "high" });
  const draw = (width, height) => {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
    return canvas;
  };
  const encode = (canvas, quality) => canvas.convertToBlob({ type: "image/jpeg", quality });
  const [first, second] = await Promise.all([encode(draw(2048, 1536), large), encode(draw(400, 300), small)]);
  picture.close();
  self.postMessage({ large: first, small: second });
};
