// Several tabs of one phone: one of them sends, for all.
import { strict as assert } from "node:assert";
import { behindProxy } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { drawNumber } from "../fixtures/drawn.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

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

journey("ten tabs with four photos on their way still fetch, and hear what a neighbour makes", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  await anna.join();
  await anna.isInstalled();
  const tabs = [];
  while (tabs.length < 9) tabs.push(await anna.tab("/buurt"));
  await anna.front();
  await anna.offline();
  for (const { path } of smallPhotos().slice(0, 4)) await anna.capture(path);
  // A browser opens six connections to a server: four photos that do not arrive for now, and the stream of events.
  let arrive;
  const arrival = new Promise((resolve) => { arrive = resolve; });
  let underWay = 0;
  between.answer = async ({ method }) => {
    if (method !== "PUT") return false;
    underWay += 1;
    await arrival;
    return false;
  };
  await anna.online();
  await until("four photos on their way", () => underWay === 4);
  const last = tabs[8];
  await last.front();
  await last.articles.first().getByRole("link").click();
  const large = last.page.getByRole("article").getByRole("img").first();
  await until("the large photo", () => large.evaluate((image) => image.complete && image.naturalWidth > 400));

  arrive();
  await anna.front();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(4);
  const neighbour = await Member.join(world.server.origin, { name: "Bea" });
  await neighbour.makeEntry(drawNumber(5), { story: "Nieuw van Bea." });
  for (const tab of tabs.slice(0, 8)) await tab.entry("Nieuw van Bea.").waitFor();
  assert.equal(between.requests.filter((line) => line === "GET /api/events").length, 1, "one stream for all tabs");
});

/** Returns how many tabs hold the lock of whoever sends. */
function drivers({ page }) {
  return page.evaluate(async () => (await navigator.locks.query()).held.filter(({ name }) => name === "wijkbeeld-sync").length);
}
