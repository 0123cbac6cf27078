// Several tabs of one phone: one of them sends, for all.
import { strict as assert } from "node:assert";
import { behindProxy } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("what is made in one tab is sent by the other, and both follow", async (world) => {
  const between = await behindProxy(world);
  const first = await world.phone("Anna", { origin: between.origin });
  await first.join();
  const second = await first.tab("/");
  assert.equal(await drivers(second), 1);
  await first.front();
  await first.go("Mijn foto's");
  await second.front();
  await second.capture(PHOTO, { story: "Uit het tweede tabblad." });
  await first.entry("Uit het tweede tabblad.").getByText(STATE.received, { exact: true }).waitFor();
  await second.go("Mijn foto's");
  await second.hasSentAll(1);
  assert.equal(between.requests.filter((line) => line.startsWith("PUT")).length, 1, "each photo travels once");
});

journey("when the tab that sends is closed, another goes on", async (world) => {
  const first = await world.phone("Anna");
  await first.join();
  const second = await first.tab("/");
  await first.page.close();
  await second.capture(OTHER, { story: "Na het sluiten." });
  await second.go("Mijn foto's");
  await second.hasSentAll(1);
  assert.equal(await drivers(second), 1);
});

/** Returns how many tabs hold the lock of whoever sends. */
function drivers({ page }) {
  return page.evaluate(async () => (await navigator.locks.query()).held.filter(({ name }) => name === "wijkbeeld-sync").length);
}
