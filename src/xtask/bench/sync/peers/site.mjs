// What the peers' servers have in common: a page with the peer's own code, the photos, and word of what is held.
import { createReadStream, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { variant } from "../../photos.mjs";

const { BENCH_PORT, BENCH_DATA, BENCH_PHOTO, WIJKBEELD_PACKAGES } = process.env;

/** Where the peer's server keeps what it was sent. */
export const data = BENCH_DATA;

const photo = readFileSync(BENCH_PHOTO);

/** Returns the path of a file from npm. */
export function packaged(path) {
  return join(WIJKBEELD_PACKAGES, path);
}

/** Returns a module from npm. */
export async function load(path) {
  const module = await import(pathToFileURL(packaged(path)));
  return module.default ?? module;
}

/** Returns the path of a file in this folder. */
export function own(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

/**
 * Serves the page at `/`, with `scripts` (address to file) in this order, and `files` besides; `handle` does the rest.
 * `/held` says what `held` counts: `copies`, an object of how often each photo is there, and `orphans`.
 */
export function serve({ scripts, files = {}, handle = refuse, held }) {
  const tags = Object.keys(scripts).map((src) => `<script src=${src}></script>`);
  const page = `<!DOCTYPE html><html lang=en><title>Peer</title>${tags.join("")}`;
  const known = { ...scripts, ...files };
  const server = createServer(async (request, response) => {
    const path = request.url;
    if (path === "/") {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
    } else if (path === "/held") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(await held()));
    } else if (known[path]) {
      response.writeHead(200, { "content-type": "text/javascript" });
      createReadStream(known[path]).pipe(response);
    } else if (path.startsWith("/photos/")) {
      const number = Number.parseInt(path.slice("/photos/".length), 10);
      response.writeHead(200, { "content-type": "image/jpeg" }).end(variant(photo, number));
    } else {
      handle(request, response);
    }
  });
  server.listen(Number(BENCH_PORT), "127.0.0.1", () => console.log("listening"));
}

function refuse(request, response) {
  response.writeHead(404).end();
}
