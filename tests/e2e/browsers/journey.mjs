// A journey in a browser other than Chromium: a server of its own, a phone, and what must hold at the end.
import { strict as assert } from "node:assert";
import { test } from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { behindProxy } from "../fixtures/between.mjs";
import { newFolder, removeFolder } from "../fixtures/folder.mjs";
import { Server } from "../fixtures/server.mjs";
import { openDriver } from "./driver.mjs";
import { Phone } from "./phone.mjs";

/** A journey that takes longer hangs. */
const LONGEST_MS = 180_000;

/** Tests what `name` says by walking through it with a phone, on a fresh server with the demo neighbourhood. */
export function journey(name, walk) {
  test(`${name} (${process.env.WIJKBEELD_BROWSER})`, { timeout: LONGEST_MS }, async () => {
    const problems = [];
    const ends = [];
    try {
      const server = await Server.start();
      ends.push(async () => problems.push(...(await server.end())));
      const between = await behindProxy({ server, atEnd: (end) => ends.push(end) });
      const folder = newFolder();
      ends.push(() => removeFolder(folder));
      const driver = await openDriver(folder, (problem) => problems.push(problem));
      ends.push(() => driver.close());
      await walk({ server, phone: new Phone(driver, between) });
      problems.push(...(await violations(driver)));
    } catch (error) {
      // What went wrong unseen is often why.
      error.message = [error.message, ...problems].join("\n");
      throw error;
    } finally {
      for (const end of ends.toReversed()) await end();
    }
    assert.deepEqual(problems, []);
  });
}
