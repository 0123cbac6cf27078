// What others use, each in its own best mode, in a page of its own: the libraries, and the browser alone.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { WIJKBEELD_PACKAGES } = process.env;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const FILES = {
  "/": [HERE, "peers.html", "text/html"],
  "/peers.js": [HERE, "peers.js", "text/javascript"],
  "/native-worker.js": [HERE, "native-worker.js", "text/javascript"],
  "/sharpness.js": [HERE, "sharpness.js", "text/javascript"],
  "/browser-image-compression.js": [WIJKBEELD_PACKAGES, "browser-image-compression/dist/browser-image-compression.js", "text/javascript"],
  "/compressor.js": [WIJKBEELD_PACKAGES, "compressorjs/dist/compressor.min.js", "text/javascript"],
  "/pica.js": [WIJKBEELD_PACKAGES, "pica/dist/pica.min.js", "text/javascript"],
};

/** Serves that page while `work` uses its port. */
export async function servePeers(work) {
  const server = createServer(({ url }, answer) => {
    const file = FILES[url];
    if (!file) return answer.writeHead(404).end();
    const [folder, path, kind] = file;
    answer.writeHead(200, { "content-type": `${kind}; charset=utf-8` }).end(readFileSync(join(folder, path)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work(server.address().port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
