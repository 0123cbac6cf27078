// Bytes that a first visit of `/` puts on the wire until the network is idle, the service worker's included.
//
// Counted by a proxy between browser and server, so that nothing a page or a worker fetches goes unseen. The gzip column is
// the same body in gzip, for browsers that have no brotli over plain http.
import { createServer, request } from "node:http";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { printTable, serviceWorkerActive, sleep, withBrowser, withFolder, withServer } from "./harness.mjs";

const BUDGET_BYTES = 250_000;
const IDLE_MS = 2_000;

const parts = [];
let lastByteAt = Date.now();
const registered = await withServer((port) => withCounter(port, visit));
report();

async function visit(origin) {
  return withFolder((profile) => withBrowser(profile, async (context) => {
    const page = await context.newPage();
    await page.goto(origin + "/", { waitUntil: "load" });
    const worker = await serviceWorkerActive(page, 30_000).then(() => true, () => false);
    while (Date.now() - lastByteAt < IDLE_MS) await sleep(100);
    return worker;
  }));
}

async function withCounter(port, work) {
  const proxy = createServer((asked, answer) => {
    // Chromium offers brotli over plain http to loopback as it does over https elsewhere; say so even where it does not.
    const headers = { ...asked.headers, "accept-encoding": "gzip, deflate, br" };
    const onward = request({ port, host: "127.0.0.1", path: asked.url, method: asked.method, headers }, (reply) => {
      const chunks = [];
      answer.writeHead(reply.statusCode, reply.rawHeaders);
      reply.on("data", (chunk) => {
        lastByteAt = Date.now();
        chunks.push(chunk);
        answer.write(chunk);
      });
      reply.on("end", () => {
        answer.end();
        count(asked, reply, Buffer.concat(chunks));
      });
    });
    asked.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  try {
    return await work(`http://127.0.0.1:${proxy.address().port}`);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
}

function count(asked, reply, body) {
  // An answer that says "not modified" has no body to decode.
  const encoding = body.length ? reply.headers["content-encoding"] : undefined;
  const raw = encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body;
  const gzip = encoding ? gzipSync(raw, { level: 9 }).length : raw.length;
  // Each name and each value is followed by two characters; the status line has some nineteen.
  const headers = reply.rawHeaders.reduce((sum, text, at) => sum + text.length + 2, 19);
  parts.push({ name: `${asked.method} ${asked.url}`, status: reply.statusCode, raw: raw.length, gzip, wire: body.length, headers });
}

function report() {
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  const rows = parts.sort((a, b) => b.wire - a.wire).map((part) => [part.name, part.status, part.raw, part.gzip, part.wire]);
  const headers = sum("headers");
  rows.push(["headers of the answers", "", headers, headers, headers]);
  const total = sum("wire") + headers;
  rows.push(["all", "", sum("raw") + headers, sum("gzip") + headers, total]);
  printTable(["part", "status", "raw", "gzip", "brotli"], rows);
  console.log(`first visit: ${total} bytes on the wire, budget ${BUDGET_BYTES}`);
  if (!registered) console.log("no service worker became active within 30 s: what it fetches is missing above");
  if (total > BUDGET_BYTES) console.log(`${total - BUDGET_BYTES} bytes over the budget`);
  if (total > BUDGET_BYTES || !registered) process.exit(1);
}
