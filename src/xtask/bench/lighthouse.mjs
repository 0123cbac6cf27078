// Accessibility and best practices of the start page by Lighthouse: 100 or nothing.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { printTable, withFolder, withServer } from "./harness.mjs";

const CATEGORIES = ["accessibility", "best-practices"];

const report = await withServer((port) => withFolder((folder) => audit(`http://127.0.0.1:${port}/`, folder)));
const failing = Object.values(report.audits).filter((audit) => audit.score !== null && audit.score < 1);
printTable(["lighthouse", "score"], CATEGORIES.map((name) => [name, Math.round(report.categories[name].score * 100)]));
for (const audit of failing) console.log(`  below 1: ${audit.id}: ${audit.title}\n${details(audit)}`);
if (CATEGORIES.some((name) => report.categories[name].score < 1)) process.exit(1);

function audit(url, folder) {
  const output = join(folder, "report.json");
  const chrome = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage";
  const args = [url, "--quiet", "--output=json", `--output-path=${output}`, `--only-categories=${CATEGORIES}`, chrome];
  const cli = join(process.env.WIJKBEELD_PACKAGES, "lighthouse/cli/index.js");
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM };
  const { status } = spawnSync(process.execPath, [cli, ...args], { env, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error(`lighthouse ended with ${status}`);
  return JSON.parse(readFileSync(output, "utf8"));
}

function details(audit) {
  const items = audit.details?.items ?? [];
  return items.map((item) => `    ${item.node?.snippet ?? item.description ?? item.url ?? JSON.stringify(item)}`).join("\n");
}
