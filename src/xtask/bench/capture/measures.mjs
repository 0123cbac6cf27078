// The measures of the table, one function each: returns the rows it adds.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, serviceWorkerActive, sleep, withBrowser } from "../harness.mjs";
import { longestTask, traced } from "../sync/main-thread.mjs";
import { median } from "../sync/bench.mjs";

const PEERS = ["browser-image-compression", "compressorjs", "pica"];
/** As ours encodes (src/worker/photo.rs). */
const QUALITIES = [0.82, 0.78];
const THROTTLED = 4;
/** What the page still does for the photo before is not this one's. */
const SETTLE_MS = 1_500;
const MB = 1024 * 1024;

export const MEASURES = { ready, thread, memory };

/** How long it takes, and how sharp the large picture is; all take turns. */
async function ready(bench) {
  return withBrowser(`${bench.folder}/ready`, async (context) => {
    const ours = await openOurs(context, bench);
    const peers = await openPeers(context, bench);
    const contenders = {
      native: () => peers.evaluate((qualities) => run("native", qualities), QUALITIES),
      Wijkbeeld: () => ours.evaluate(prepare),
      ...Object.fromEntries(PEERS.map((name) => [name, () => peers.evaluate(([name, qualities]) => run(name, qualities), [name, QUALITIES])])),
    };
    const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    const sizes = {};
    const order = Object.keys(contenders);
    // The first round wakes workers and compiles code; it does not count.
    for (let round = 0; round <= bench.rounds; round += 1) {
      for (const name of [...order.slice(round % order.length), ...order.slice(0, round % order.length)]) {
        await (name === "Wijkbeeld" ? ours : peers).bringToFront();
        const { ms, large } = await contenders[name]();
        if (round > 0) times[name].push(ms);
        sizes[name] = large;
      }
      console.error(`  round ${round}: ${order.map((name) => `${name} ${(times[name].at(-1) ?? NaN).toFixed(0)}`).join(", ")} ms`);
    }
    const ms = (name) => median(times[name]);
    // Of each round, so that what else the machine does weighs on both.
    const ratio = (name, other) => median(times[name].map((time, round) => time / times[other][round]));
    const [fastest] = [...PEERS].sort((a, b) => ms(a) - ms(b));
    const told = PEERS.map((name) => `${name} ${ms(name).toFixed(0)} ms`).join(", ");
    const toNative = ratio("Wijkbeeld", "native");
    const ahead = ratio(fastest, "Wijkbeeld");
    return [
      row(`12 megapixels to 2048 + 400 px, time / best native path (${ms("native").toFixed(0)} ms)`, told, "<= 1.1", `${toNative.toFixed(2)} (${ms("Wijkbeeld").toFixed(0)} ms)`, toNative <= 1.1),
      row("times as fast as the fastest peer", `1 (${fastest})`, ">= 4", ahead.toFixed(2), ahead >= 4),
      await sharpnessRow(ours, peers, fastest),
    ];
  });
}

/** At the quality of ours, and at the one at which the fastest peer takes as many bytes or just more. */
async function sharpnessRow(ours, peers, fastest) {
  const jpeg = await ours.evaluate(lastLarge);
  const own = await peers.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    return { ssim: await sharpness(new Blob([bytes])), large: bytes.length };
  }, jpeg);
  const others = {};
  for (const name of PEERS) {
    const { large } = await peers.evaluate(([name, qualities]) => run(name, qualities), [name, QUALITIES]);
    others[name] = { large, ssim: await peers.evaluate(() => sharpness(window.last)) };
  }
  let peer = others[fastest];
  for (let quality = 0.7; quality < 1 && (peer.large < own.large || quality === 0.7); quality += 0.01) {
    const { large } = await peers.evaluate(([name, qualities]) => run(name, qualities), [fastest, [quality, QUALITIES[1]]]);
    peer = { large, ssim: await peers.evaluate(() => sharpness(window.last)) };
  }
  const say = ({ ssim, large }) => `${ssim.toFixed(4)} in ${(large / 1_000).toFixed(0)} KB`;
  const atOurs = PEERS.map((name) => `${name} ${say(others[name])}`).join(", ");
  const what = "SSIM of the large picture beside a reference downscale; goal: the fastest peer's at as many bytes";
  return row(what, atOurs, `>= ${say(peer)}`, say(own), own.ssim >= peer.ssim && own.large <= peer.large);
}

/** The page at a fourth of the processor's speed: its longest task, and from the camera to "Bewaard op deze telefoon". */
async function thread(bench) {
  const context = await openBrowser(`${bench.folder}/thread`);
  try {
    const page = context.pages()[0];
    await page.addInitScript(goQuickly);
    await page.goto(bench.ours);
    await serviceWorkerActive(page);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLED });
    // As a file: bytes that are handed over by the driver would be the page's work.
    const file = join(bench.folder, "12mp.jpg");
    writeFileSync(file, bench.photo);
    const take = async () => {
      await page.getByLabel("Maak foto").setInputFiles(file);
      const took = await page.waitForFunction(() => window.saved.pop(), null, { polling: 100 });
      return took.jsonValue();
    };
    const goOn = async () => {
      await page.getByRole("link", { name: "Klaar" }).click();
      await page.getByLabel("Maak foto").waitFor();
      await sleep(SETTLE_MS);
    };
    const [times, tasks] = [[], []];
    // The first round compiles code; it does not count.
    for (let round = 0; round <= bench.rounds; round += 1) {
      times.push(await take());
      await goOn();
      // By itself: a trace slows what it looks at.
      const end = await traced(context, page);
      await take();
      tasks.push(longestTask(await end(), "tdur"));
      await goOn();
      console.error(`  round ${round}: saved after ${times.at(-1).toFixed(0)} ms, longest task ${tasks.at(-1).toFixed(0)} ms`);
    }
    times.shift();
    const cold = tasks.shift();
    const [p50, longest] = [median(times), Math.max(...tasks)];
    return [
      row(`longest task of the page's main thread at ${THROTTLED}x CPU, of ${tasks.length} photos (median ${median(tasks).toFixed(0)} ms; the first after opening ${cold.toFixed(0)} ms)`, "", "< 50 ms", `${longest.toFixed(0)} ms`, longest < 50),
      row(`shutter to saved at ${THROTTLED}x CPU, p50`, "", "<= 1.5 s", `${(p50 / 1_000).toFixed(2)} s`, p50 <= 1_500),
    ];
  } finally {
    await context.close();
  }
}

/** What the memory of the wasms grows to. */
async function memory(bench) {
  return withBrowser(`${bench.folder}/memory`, async (context) => {
    const [page] = context.pages();
    // Each worker notes its wasms before it makes any.
    await page.route(/-worker-[0-9a-f]+\.js$/, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `(${noteMemories})();${await answer.text()}` });
    });
    await page.addInitScript(() => delete Navigator.prototype.serviceWorker);
    await page.goto(bench.ours);
    await page.locator("html[data-app=ready]").waitFor({ state: "attached" });
    const photo = await memoriesOf(page, "photo-worker", bench.photo);
    const heic = bench.heic ? await memoriesOf(page, "heif-worker", bench.heic) : null;
    const told = (bytes) => `${(bytes / MB).toFixed(1)} MB`;
    return [
      row("wasm memory for a JPEG of 12 megapixels", "", "<= 64 MB", told(photo), photo <= 64 * MB),
      ...(heic ? [row("wasm memory for a HEIC of 12 megapixels", "", "<= 256 MB", told(heic), heic <= 256 * MB)] : []),
    ];
  });
}

async function memoriesOf(page, name, photo) {
  const started = page.waitForEvent("worker");
  const answered = page.evaluate(([name, base64]) => new Promise((resolve, reject) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    window.measured = new Worker(document.querySelector(`meta[name=${name}]`).content);
    window.measured.onmessage = ({ data }) => (data.ok ? resolve() : reject(new Error(data.error)));
    window.measured.onerror = reject;
    window.measured.postMessage({ file: new Blob([bytes]) });
  }), [name, photo.toString("base64")]);
  const worker = await started;
  await answered;
  return worker.evaluate(() => self.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
}

/** Runs in a worker before all else. */
function noteMemories() {
  self.memories = [];
  const note = (exports) => self.memories.push(...Object.values(exports).filter((part) => part instanceof WebAssembly.Memory));
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await make(...args);
      note((made.instance ?? made).exports);
      return made;
    };
  }
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(make, args) {
      const made = new make(...args);
      note(made.exports);
      return made;
    },
  });
}

/** Runs in the page before all else: takes a photo as the quickest person would, and notes how long it takes. */
function goQuickly() {
  window.saved = [];
  let began = 0;
  addEventListener("change", ({ target }) => {
    if (target.type === "file") began = performance.now();
  }, true);
  // Each tap is a task of its own, as a finger's is.
  const tap = (selector, word) => {
    const found = [...document.querySelectorAll(selector)].find((part) => (part.labels?.[0] ?? part).textContent.includes(word));
    if (found && !found.checked) setTimeout(() => found.click());
  };
  const look = () => {
    if (!began) return;
    tap("input[type=radio]", "Dit is fijn");
    if (document.querySelector("input[type=radio]:checked")) tap("button", "Bewaren");
    const isSaid = [...document.querySelectorAll("[role=status]")].some(({ textContent }) => textContent.includes("Bewaard op deze telefoon"));
    if (!isSaid) return;
    window.saved.push(performance.now() - began);
    began = 0;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

async function openOurs(context, { ours, photo }) {
  const page = await context.newPage();
  await page.goto(ours);
  await serviceWorkerActive(page);
  await page.evaluate(givePhoto, photo.toString("base64"));
  return page;
}

async function openPeers(context, { peers, photo }) {
  const page = await context.newPage();
  await page.goto(peers);
  await page.evaluate(givePhoto, photo.toString("base64"));
  return page;
}

/** Runs in the page. */
function givePhoto(base64) {
  window.photo = new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], "12mp.jpg", { type: "image/jpeg" });
}

/** Runs in our page: asks the worker that the app asks, as it does. */
function prepare() {
  window.ours ??= new Worker(document.querySelector("meta[name=photo-worker]").content);
  return new Promise((resolve, reject) => {
    const began = performance.now();
    window.ours.onerror = reject;
    window.ours.onmessage = ({ data: { ok, error } }) => {
      if (!ok) return reject(new Error(error));
      window.last = ok.large;
      resolve({ ms: performance.now() - began, large: ok.large.size, small: ok.small.size });
    };
    window.ours.postMessage({ file: window.photo });
  });
}

/** Runs in our page: returns the last large picture as base64. */
async function lastLarge() {
  const bytes = new Uint8Array(await window.last.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function row(what, peers, goal, ours, isMet) {
  return [what, peers, goal, ours, isMet ? "yes" : "**no**"];
}
