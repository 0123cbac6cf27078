// How long it takes until an entry of 300 KB is on the phone for good, beside one raw put of the same bytes.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, sleep, withFolder } from "../harness.mjs";
import { drawPhoto } from "../photos.mjs";
import { median } from "./bench.mjs";

const SAVES = 15;
/** Who looks at a photo before tapping "Bewaren" gives the phone time to make it ready. */
const LOOK_MS = 2_000;
/** What the page still has to do after a save must not slow the raw put down. */
const SETTLE_MS = 500;

export async function measureSaves(bench) {
  const ours = await onPhone(bench, bench.ours, ourSave);
  const peers = [];
  for (const peer of bench.peers.filter(({ keeps }) => keeps)) peers.push([peer.name, await onPhone(bench, peer, peerSave)]);
  return { ours, peers };
}

/** Returns the median time of a save over that of a raw put; the two take turns. */
async function onPhone(bench, contender, save) {
  return withFolder(async (folder) => {
    const prepared = await bench.prepared(contender, 1);
    for (const part of ["profile", "data"]) cpSync(join(prepared.folder, part), join(folder, part), { recursive: true });
    const server = await contender.serve(join(folder, "data"), prepared.port);
    const context = await openBrowser(join(folder, "profile"));
    try {
      const page = context.pages()[0];
      await page.addInitScript(watch);
      await contender.open({ context, page, server, prepared }, { isFirst: true });
      const [saves, puts] = [[], []];
      for (let number = 0; number < SAVES; number += 1) {
        saves.push(await save(page, bench, number));
        await sleep(SETTLE_MS);
        puts.push(await page.evaluate(rawPut, bench.photo.toString("base64")));
      }
      console.error(`  ${contender.name}: save ${median(saves).toFixed(1)} ms, raw put ${median(puts).toFixed(1)} ms`);
      return median(saves) / median(puts);
    } finally {
      await context.close();
      await server.end();
    }
  });
}

/** From the tap on "Bewaren" to the frame in which the phone says that it has. */
async function ourSave(page, bench, number) {
  const photo = { name: `${number}.png`, mimeType: "image/png", buffer: drawPhoto(1_000 + number) };
  await page.getByLabel("Kies foto").setInputFiles(photo);
  await page.getByRole("button", { name: "Bewaren" }).waitFor();
  await sleep(LOOK_MS);
  await page.getByRole("button", { name: "Bewaren" }).click();
  const took = await page.waitForFunction(() => window.saves.pop());
  await page.getByRole("link", { name: "Klaar" }).click();
  await page.getByLabel("Maak foto").waitFor();
  return took.jsonValue();
}

function peerSave(page, bench, number) {
  return page.evaluate(async ([base64, name]) => {
    const photo = new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type: "image/jpeg" });
    const began = performance.now();
    await keep(name, photo);
    return performance.now() - began;
  }, [bench.photo.toString("base64"), `save-${number}.jpg`]);
}

/** Runs in the page before all else: notes how long each save takes. */
function watch() {
  window.saves = [];
  let began = 0;
  addEventListener("click", ({ target }) => {
    if (target.closest("button")?.textContent.includes("Bewaren")) began = performance.now();
  }, true);
  const look = () => {
    const isSaid = [...document.querySelectorAll("[role=status]")].some(({ textContent }) => textContent.includes("Bewaard op deze telefoon"));
    if (!began || !isSaid) return;
    window.saves.push(performance.now() - began);
    began = 0;
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page. */
async function rawPut(base64) {
  window.raw ??= await new Promise((resolve, reject) => {
    const opening = indexedDB.open("raw", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos", { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const photo = new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type: "image/jpeg" });
  const began = performance.now();
  await new Promise((resolve, reject) => {
    const transaction = window.raw.transaction("photos", "readwrite", { durability: "strict" });
    transaction.objectStore("photos").put(photo);
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return performance.now() - began;
}
