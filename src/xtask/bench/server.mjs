// How many photos of 300 KB a second the server takes from 8 clients, beside a bare one that only writes and syncs.
//
// Ours hashes each, walks it from its first byte to its last, and commits a row. They take turns; `--runs N` says how often.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { Member } from "../../../tests/e2e/fixtures/member.mjs";
import { freePort, printTable, start, startServer, withFolder } from "./harness.mjs";
import { encodeAsPhone } from "./sync/encode.mjs";

const { WIJKBEELD_BARE, WIJKBEELD_UPLOADS } = process.env;
const GOAL = 0.8;
const CLIENTS = 8;
const PHOTOS = 600;

const run = promisify(execFile);
const { values } = parseArgs({ options: { runs: { type: "string", default: "3" } } });

const [ours, bare] = [[], []];
await withFolder(async (folder) => {
  const photo = join(folder, "photo.jpg");
  writeFileSync(photo, await encodeAsPhone(folder));
  for (let number = 0; number < Number(values.runs); number += 1) {
    bare.push(await withFolder((data) => ofBare(photo, data)));
    ours.push(await withFolder((data) => ofOurs(photo, data)));
  }
});
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const ratio = median(ours) / median(bare);
const told = (all) => all.map((value) => value.toFixed(0)).join(" ");
printTable(["300 KB uploads a second at 8 clients", "median", "runs"], [
  ["ours", median(ours).toFixed(0), told(ours)],
  ["bare axum with fsync", median(bare).toFixed(0), told(bare)],
  [`ours / bare, goal >= ${GOAL}: ${ratio >= GOAL ? "reached" : "missed"}`, ratio.toFixed(2), ""],
]);

async function ofBare(photo, data) {
  const port = await freePort();
  const server = await start(WIJKBEELD_BARE, [String(port), join(data, "photos")]);
  return during(server, () => load(port, "/media/", photo));
}

async function ofOurs(photo, data) {
  const port = await freePort();
  const server = await startServer(data, port);
  return during(server, async () => {
    const { headers, membership } = await Member.join(`http://127.0.0.1:${port}`);
    const token = headers.authorization.slice("Bearer ".length);
    return load(port, `/api/projects/${membership.project.id}/media/`, photo, token);
  });
}

async function load(port, path, photo, ...token) {
  const args = [`127.0.0.1:${port}`, path, String(CLIENTS), String(PHOTOS), photo, ...token];
  const { stdout } = await run(WIJKBEELD_UPLOADS, args);
  return Number(stdout);
}

async function during(server, work) {
  try {
    return await work();
  } finally {
    await server.end();
  }
}
