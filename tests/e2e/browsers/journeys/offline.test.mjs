// The main job: a photo made without network reaches the neighbours, whole.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../../fixtures/corpus.mjs";
import { jpegSize, metadataOf } from "../../fixtures/jpeg.mjs";
import { Member } from "../../fixtures/member.mjs";
import { STATE } from "../../fixtures/phone.mjs";
import { ALIKE, differenceIn } from "../../fixtures/pixels.mjs";
import { DEMO } from "../../fixtures/server.mjs";
import { until } from "../../fixtures/until.mjs";
import { journey } from "../journey.mjs";

/** One that the camera stored lying on its side. */
const PHOTO = smallPhotos().find(({ file }) => file.startsWith("orient-6"));
const [WIDTH, HEIGHT] = PHOTO.display;
const STORY = "Op dit bankje zit ik elke ochtend.";

journey("a photo made without network survives a reload and is received once there is network", async ({ server, phone }) => {
  await phone.join(DEMO.code, "Anna");
  await phone.isInstalled();
  const before = await server.stats();

  await phone.offline();
  await phone.choose("Kies foto", PHOTO.path);
  await phone.tap("radio", "Dit is fijn");
  await phone.tap("button", "Verder");
  await phone.tap("checkbox", "Groen en water");
  await phone.tap("button", "Verder");
  await phone.type("Vertel erbij", STORY);
  await phone.tap("button", "Bewaren");
  await phone.sees("Bewaard op deze telefoon");
  await phone.tap("link", "Klaar");
  await phone.go("Mijn foto's");
  await isHere(phone, STATE.onPhone);
  await phone.reload();
  await isHere(phone, STATE.onPhone);
  assert.deepEqual(await server.stats(), before);

  await phone.online();
  await isHere(phone, STATE.received);
  const neighbour = await Member.join(server.origin);
  const entry = await until("the neighbours to see it", async () => (await neighbour.views()).find(({ fields }) => fields.story === STORY));
  assert.deepEqual([entry.fields.valence, entry.fields.themes], ["good", ["groen"]]);
  const [{ sha256 }] = entry.fields.photos;
  const jpeg = await neighbour.photo(sha256);
  assert.deepEqual(jpegSize(jpeg), { width: WIDTH, height: HEIGHT });
  assert.deepEqual(metadataOf(jpeg), []);
  const difference = await differenceIn(phone.driver, PHOTO, jpeg);
  assert.ok(difference < ALIKE, `it is not as it was meant: ${difference}`);
  const { entries, media, entries_with_missing_media, orphan_media } = await server.stats();
  assert.deepEqual([entries - before.entries, media - before.media, entries_with_missing_media, orphan_media], [1, 1, 0, 0]);
});

/** Done when the one entry is there with its photo, upright, and says where it is. */
async function isHere(phone, state) {
  await phone.sees(STORY, state);
  await phone.entries(1);
  const stretch = (await phone.proportions()) / (WIDTH / HEIGHT);
  assert.ok(stretch > 0.98 && stretch < 1.02, `stretched by ${stretch}`);
}
