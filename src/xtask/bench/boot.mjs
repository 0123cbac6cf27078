// How long an old phone on a slow network waits: Chromium at a quarter of its speed behind a slow link, medians of three.
//
// Cold is an empty profile. Warm is the same profile after the browser was closed, so that nothing lives in memory.
import { createServer } from "node:http";
import { openLink } from "./link.mjs";
import { printTable, serviceWorkerActive, withBrowser, withFolder, withServer } from "./harness.mjs";

const SLOW_4G = { roundTripMs: 400, downBitsPerS: 1_600_000, upBitsPerS: 750_000 };
const CPU_SLOWDOWN = 4;
const RUNS = 3;

const GOALS = [
  ["shell", "cold, until \"Maak foto\" can be tapped", 1.5],
  ["cold", "cold, until the whole app answers", 3.0],
  ["online", "warm online, until the whole app answers", 0.8],
  ["offline", "warm offline, until the whole app answers", 0.8],
  ["limitCold", "the limit: a page of 10 KB, cold", null],
  ["limitWarm", "the limit: a page of 10 KB, warm", null],
];

const times = Object.fromEntries(GOALS.map(([key]) => [key, []]));
await withServer((port) => behindLink(port, async (origin) => {
  for (let run = 0; run < RUNS; run += 1) await withFolder((profile) => measureApp(profile, origin));
}));
await withPlainPage((port) => behindLink(port, async (origin) => {
  for (let run = 0; run < RUNS; run += 1) await withFolder((profile) => measureLimit(profile, origin));
}));
report();

async function measureApp(profile, origin) {
  await visit(profile, origin, async (page) => {
    times.shell.push(await moment(page, "shell"));
    times.cold.push(await moment(page, "app"));
    await serviceWorkerActive(page);
  });
  await visit(profile, origin, async (page) => times.online.push(await moment(page, "app")));
  await visit(profile, origin, async (page) => times.offline.push(await moment(page, "app")), { offline: true });
}

async function measureLimit(profile, origin) {
  await visit(profile, origin, async (page) => times.limitCold.push(await moment(page, "paint")));
  await visit(profile, origin, async (page) => times.limitWarm.push(await moment(page, "paint")));
}

async function visit(profile, origin, look, { offline = false } = {}) {
  await withBrowser(profile, async (context) => {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await page.addInitScript(watch);
    await context.setOffline(offline);
    await page.goto(origin + "/", { waitUntil: "commit" });
    await look(page);
  });
}

/** Runs in the page: notes, frame by frame, when something has become true, in milliseconds since the navigation. */
function watch() {
  const isThere = {
    paint: () => performance.getEntriesByName("first-contentful-paint").length > 0,
    shell: () => isThere.paint() && [...document.querySelectorAll("input[type=file]")].some(isTappable),
    app: () => isThere.paint() && document.documentElement.dataset.app === "ready",
  };
  const isTappable = (input) => {
    const label = input.labels?.[0];
    const name = input.ariaLabel ?? label?.textContent ?? "";
    const box = (label ?? input).getBoundingClientRect();
    return name.includes("Maak foto") && !input.disabled && box.width >= 48 && box.height >= 48;
  };
  window.moments = {};
  const look = () => {
    for (const [name, holds] of Object.entries(isThere)) if (!(name in moments) && holds()) moments[name] = performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function moment(page, name) {
  const noted = await page.waitForFunction((name) => window.moments?.[name], name, { timeout: 60_000, polling: 200 });
  return (await noted.jsonValue()) / 1000;
}

async function behindLink(port, work) {
  const link = await openLink(port, SLOW_4G);
  try {
    await work(`http://127.0.0.1:${link.port}`);
  } finally {
    link.close();
  }
}

async function withPlainPage(work) {
  const text = "<!DOCTYPE html><html lang=nl><title>Limit</title><p>" + "tien kilobyte ".repeat(730);
  const server = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html", "cache-control": "max-age=3600" }).end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(server.address().port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function report() {
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const seconds = (value) => value.toFixed(2);
  const rows = GOALS.map(([key, what, goal]) => {
    const verdict = goal === null ? "" : median(times[key]) <= goal ? "reached" : "missed";
    return [what, seconds(median(times[key])), times[key].map(seconds).join(" "), goal?.toFixed(1) ?? "", verdict];
  });
  printTable(["seconds at 4x slower CPU, 400 ms, 1.6/0.75 Mbit/s", "median", "runs", "goal", ""], rows);
}
