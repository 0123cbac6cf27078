// A photo as it leaves a phone, made by the browser that is measured.
import { join } from "node:path";
import { openBrowser } from "../harness.mjs";
import { drawPhoto } from "../photos.mjs";

/** Returns the JPEG that a phone makes of a photo. */
export async function encodeAsPhone(folder) {
  const context = await openBrowser(join(folder, "encoder"));
  try {
    const [page] = context.pages();
    return Buffer.from(await page.evaluate(async (png) => {
      const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext("2d").drawImage(picture, 0, 0);
      const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.82 });
      const url = await new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.readAsDataURL(jpeg);
      });
      return url.split(",")[1];
    }, drawPhoto(0).toString("base64")), "base64");
  } finally {
    await context.close();
  }
}
