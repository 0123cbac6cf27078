// @tus/server on a folder.
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { data, load, own, packaged, serve } from "./site.mjs";

const { Server } = await load("@tus/server/dist/index.js");
const { FileStore } = await load("@tus/file-store/dist/index.js");

mkdirSync(data, { recursive: true });
const tus = new Server({ path: "/files", relativeLocation: true, datastore: new FileStore({ directory: data }) });

serve({
  scripts: { "/storage.js": own("storage.js"), "/tus.js": packaged("tus-js-client/dist/tus.min.js"), "/page.js": own("tus.js") },
  handle: (request, response) => tus.handle(request, response),
  held,
});

function held() {
  const found = { copies: {}, orphans: 0 };
  for (const about of readdirSync(data).filter((name) => name.endsWith(".json"))) {
    const { size, metadata } = JSON.parse(readFileSync(join(data, about), "utf8"));
    const isWhole = statSync(join(data, about.slice(0, -".json".length))).size === size;
    if (isWhole) found.copies[metadata.name] = (found.copies[metadata.name] ?? 0) + 1;
    else found.orphans += 1;
  }
  return found;
}
