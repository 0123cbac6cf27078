// One's own photos: changed, put away, brought back, erased; and what the neighbours then see.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();
const STORY = "De heg groeit over de stoep.";
const NEW_STORY = "De heg is gesnoeid. Nu kan ik er langs.";

journey("what its maker changes, puts away and brings back reaches the neighbour", async (world) => {
  const { server } = world;
  const [anna, bea] = await annaAndBea(world);
  const own = anna.entry(STORY);
  await own.getByRole("link", { name: "Pas aan" }).click();
  await anna.feel("Dit is fijn");
  await anna.page.getByRole("checkbox", { name: "Groen en water" }).check();
  await anna.tell(NEW_STORY);
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.entry(NEW_STORY).getByText(STATE.received, { exact: true }).waitFor();
  await bea.reload();
  const seen = bea.entry(NEW_STORY);
  await seen.waitFor();
  await seen.getByText("Fijn", { exact: true }).waitFor();
  await seen.getByText("Groen en water").waitFor();
  assert.equal(await bea.entry(STORY).count(), 0);

  await anna.entry(NEW_STORY).getByRole("button", { name: "Gooi weg" }).click();
  const back = anna.page.getByRole("button", { name: "Zet terug" });
  await back.waitFor();
  assert.equal(await anna.articles.count(), 0);
  await until("the deletion to arrive", async () => (await server.stats()).entries === 6);
  await bea.reload();
  await bea.articles.nth(5).waitFor();
  await seen.waitFor({ state: "detached" });

  await back.click();
  await anna.entry(NEW_STORY).getByText(STATE.received, { exact: true }).waitFor();
  await until("the entry to be back", async () => (await server.stats()).entries === 7);
  await bea.reload();
  await seen.waitFor();
});

journey("without network a photo is changed, put away and brought back as well, and the end of it is what arrives", async (world) => {
  const [anna, bea] = await annaAndBea(world);
  await anna.hasMaking();
  await anna.offline();
  await anna.entry(STORY).getByRole("button", { name: "Gooi weg" }).click();
  await anna.page.getByRole("button", { name: "Zet terug" }).waitFor();
  await anna.reload();
  await anna.page.getByText("Weggegooid (1)").click();
  await anna.page.getByRole("button", { name: "Zet terug" }).click();
  await anna.entry(STORY).getByRole("link", { name: "Pas aan" }).click();
  await anna.tell(NEW_STORY);
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.entry(NEW_STORY).getByText(STATE.onPhone, { exact: true }).waitFor();
  await anna.online();
  await anna.hasSentAll(1);
  await bea.reload();
  await bea.entry(NEW_STORY).waitFor();
});

journey("what is erased is gone everywhere, and its photo with it", async (world) => {
  const { server } = world;
  const [anna, bea] = await annaAndBea(world);
  const { media } = await server.stats();
  const [{ record }] = await (await anna.member()).own();
  const [{ sha256 }] = record.fields.photos.last.value;
  await anna.entry(STORY).getByRole("button", { name: "Gooi weg" }).click();
  await anna.page.getByRole("button", { name: "Wis voor altijd" }).click();
  await anna.page.getByRole("dialog").getByRole("button", { name: "Ja, wis alles" }).click();
  await until("the photo to be gone", async () => (await server.stats()).media === media - 1);
  await bea.reload();
  await bea.articles.nth(5).waitFor();
  await bea.entry(STORY).waitFor({ state: "detached" });
  await assert.rejects((await bea.member()).photo(sha256), /404/);
  const isLeft = async (phone, part) => (await rows(phone)).some((row) => row.includes(part));
  await until("nothing of it to be left on the neighbour's phone", async () => !(await isLeft(bea, sha256)));
  await until("nothing of it to be left on the maker's phone", async () => !(await isLeft(anna, STORY)));
});

/** Anna made an entry and stands on her own photos; Bea sees it on the wall. */
async function annaAndBea(world) {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { valence: "Dit kan beter", story: STORY });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  const bea = await world.phone("Bea");
  await bea.join({ name: "Bea" });
  await bea.go("Buurt");
  await bea.entry(STORY).locator("img").waitFor();
  return [anna, bea];
}
