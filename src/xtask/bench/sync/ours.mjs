// Wijkbeeld as a contender: the release build, filled by the hand of a user without network.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { drawPhoto } from "../photos.mjs";
import { openBrowser, serviceWorkerActive, sleep, startServer } from "../harness.mjs";

const DEMO_CODE = "BUURT2";
const run = promisify(execFile);

export class Ours {
  name = "Wijkbeeld";
  api = "/api/";

  async prepare({ count, port, folder }) {
    const data = join(folder, "data");
    mkdirSync(data);
    const server = await this.serve(data, port);
    // What the demo neighbourhood brings along.
    this.demo = await counts(data);
    const context = await openBrowser(join(folder, "profile"));
    const page = context.pages()[0];
    await page.goto(`http://127.0.0.1:${port}/mee/${DEMO_CODE}`);
    await page.getByRole("button", { name: "Meedoen" }).click();
    await page.getByLabel("Maak foto").waitFor();
    await serviceWorkerActive(page);
    await context.setOffline(true);
    for (let number = 0; number < count; number += 1) await capture(page, number);
    await page.locator(UNSENT).waitFor();
    // Otherwise the browser begins to send before the page that is measured is open (Background Sync).
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/send-closed/"))?.unregister());
    await context.close();
    await server.end();
  }

  async serve(data, port) {
    return { ...(await startServer(data, port)), port, data };
  }

  async open({ context, page, prepared }, { isFirst }) {
    await context.setOffline(isFirst);
    await page.goto(`http://127.0.0.1:${prepared.port}/`);
    await page.locator("html[data-app=ready]").waitFor({ state: "attached" });
    if (isFirst) await page.locator(UNSENT).waitFor();
  }

  /** Has network; returns when the phone said that all was received, by its clock. */
  async go({ context, page, server, prepared }) {
    await context.setOffline(false);
    for (;;) {
      const isNothingLeft = (unsent) => !document.querySelector(unsent) && Date.now();
      const handle = await page.waitForFunction(isNothingLeft, UNSENT, { timeout: 0, polling: 50 });
      const said = await handle.jsonValue();
      // A page that has only just opened says nothing yet.
      if ((await this.held(server, prepared)).whole === prepared.count) return said;
      await sleep(200);
    }
  }

  async held({ data }, { count }) {
    const now = await counts(data);
    const [entries, media, bytes] = ["entries", "media", "bytes"].map((what) => now[what] - this.demo[what]);
    return {
      whole: Math.min(entries - now.entries_with_missing_media, media),
      twice: Math.max(0, entries - count, media - count),
      orphans: now.orphan_media + now.partials,
      bytes,
    };
  }
}

/** Stands on Start as long as something is to be sent. */
const UNSENT = "[data-kind=unsent]";

/** Makes an entry from photo `number`, from Start to Start. */
async function capture(page, number) {
  const photo = { name: `${number}.png`, mimeType: "image/png", buffer: drawPhoto(number) };
  await page.getByLabel("Kies foto").setInputFiles(photo);
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByRole("link", { name: "Klaar" }).click();
  await page.getByLabel("Maak foto").waitFor();
}

async function counts(data) {
  const { stdout } = await run(process.env.WIJKBEELD_BIN, ["stats", "--data", data, "--json"]);
  return JSON.parse(stdout).projects.find(({ code }) => code === DEMO_CODE);
}
