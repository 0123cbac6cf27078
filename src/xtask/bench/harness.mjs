// What the measurements share: the real server on an empty folder, a browser, a table.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARGS } from "./chromium.mjs";

const { WIJKBEELD_BIN, WIJKBEELD_PACKAGES, CHROMIUM } = process.env;
const { chromium } = createRequire(join(WIJKBEELD_PACKAGES, "index.js"))("playwright-core");

/** Hands out a folder that is gone afterwards. */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "wijkbeeld-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs the server with the demo neighbourhood while `work` uses its port. */
export async function withServer(work) {
  return withFolder(async (data) => {
    const port = await freePort();
    const server = await startServer(data, port);
    try {
      return await work(port);
    } finally {
      await server.end();
    }
  });
}

/** Starts the server with the demo neighbourhood on what lies in the folder `data`. */
export function startServer(data, port) {
  return start(WIJKBEELD_BIN, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--demo"]);
}

/** Starts a program that says `listening` once it does; `end()` ends it. */
export async function start(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  let complained = "";
  child.stderr.on("data", (chunk) => (complained = (complained + chunk).slice(-4_000)));
  await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk).includes("listening") && resolve());
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code} before it listened:\n${complained}`)));
    child.once("error", reject);
  });
  return {
    async end() {
      child.kill();
      await ended;
    },
  };
}

/** Opens a browser on the profile in `folder` while `work` uses it. */
export async function withBrowser(folder, work) {
  const context = await openBrowser(folder);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** How long one step of a user may take on a machine that does other things too. */
const PATIENCE_MS = 120_000;

/** Opens a browser on the profile in `folder`. */
export async function openBrowser(folder) {
  const options = { executablePath: CHROMIUM, headless: true, args: ARGS, viewport: { width: 360, height: 740 }, locale: "nl-NL" };
  const context = await chromium.launchPersistentContext(folder, options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Waits until the app's service worker is active, which it is once it has all its files. */
export async function serviceWorkerActive(page, timeoutMs = 90_000) {
  const isActive = async () => (await navigator.serviceWorker.getRegistration())?.active?.state === "activated";
  const ends = Date.now() + timeoutMs;
  while (!(await page.evaluate(isActive))) {
    if (Date.now() > ends) throw new Error(`no service worker is active after ${timeoutMs / 1000} s`);
    await sleep(200);
  }
}

export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Prints rows under a head, numbers to the right. */
export function printTable(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  for (const line of lines) console.log(line.map(pad).join("  "));
}
