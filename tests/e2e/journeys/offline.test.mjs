// The main job: photos made without network reach the neighbours, whole.
import { strict as assert } from "node:assert";
import { twelvePhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { jpegSize, metadataOf } from "../fixtures/jpeg.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { ALIKE, openComparer } from "../fixtures/pixels.mjs";

journey("twelve photos made without network are seen upright by a neighbour, with words and themes", async (world) => {
  const { server } = world;
  const before = await server.stats();
  const anna = await world.phone("Anna");
  // Some of the words hold signs that are seldom written: until there is network another typeface draws these.
  anna.expect(/ERR_FAILED .*\/fonts\/ahn-latin-/);
  await anna.join({ name: "Anna" });
  await anna.isInstalled();

  await anna.offline();
  const entries = twelvePhotos().map((photo, number) => ({ photo, ...WORDS[number] }));
  assert.equal(entries.length, 12);
  for (const entry of entries) await anna.capture(entry.photo.path, entry);
  await anna.go("Mijn foto's");
  await anna.reload();
  await anna.articles.nth(11).waitFor();
  assert.equal(await anna.page.getByRole("article").getByText(STATE.onPhone, { exact: true }).count(), 12);

  await anna.online();
  await anna.hasSentAll(12);
  await (await anna.member()).isShown(12);
  const bea = await world.phone("Bea");
  await bea.join({ name: "Bea" });
  await bea.go("Buurt");
  for (const { photo, valence, themes, story } of entries) {
    const entry = bea.entry(story);
    await entry.scrollIntoViewIfNeeded();
    for (const theme of themes) await entry.getByText(theme, { exact: true }).waitFor();
    await entry.getByText(SAID[valence], { exact: true }).waitFor();
    assertUpright(await natural(entry.locator("img")), photo);
  }

  const { entries: count, media, members, ...rest } = await server.stats();
  assert.deepEqual([count - before.entries, media - before.media, members - before.members], [12, 12, 2]);
  assert.deepEqual([rest.entries_with_missing_media, rest.orphan_media, rest.partials], [0, 0, 0]);
  await assertNothingButPictures(world, await bea.member(), entries);
});

const THEMES = ["Lopen en fietsen", "Groen en water", "Schoon en heel", "Iets anders", "Elkaar ontmoeten"];
/** What is tapped, and what is said beside the picture. */
const SAID = { "Dit is fijn": "Fijn", "Dit kan beter": "Kan beter", Allebei: "Allebei" };

const WORDS = [
  "Op dit bankje zit ik elke ochtend.",
  "Hier ligt altijd troep 🗑️ — en niemand haalt het weg.",
  "Zij zei: \"mooi & stil\", <b>echt</b> waar.",
  "نلتقي هنا كل يوم جمعة.",
  "De stoep is smal. ".repeat(30).trim(),
  "Fijn.",
  "Hier speelden wij vroeger; nu spelen onze kinderen hier.",
  "Ich gehe hier spazieren, täglich.",
  "Het licht is kapot.",
  "100 % buurt",
  "De bus stopt hier om 7:15, 7:45 en 8:15.",
  "Kastanjes! In oktober liggen ze overal.",
].map((story, number) => ({
  story,
  valence: Object.keys(SAID)[number % 3],
  themes: THEMES.slice(number % 5, (number % 5) + (number % 4)),
}));

/** Waits for a picture to be drawn; returns its own size. */
async function natural(image) {
  return image.evaluate(async (image) => {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
}

function assertUpright([width, height], { file, display }) {
  const stretch = width / height / (display[0] / display[1]);
  assert.ok(stretch > 0.98 && stretch < 1.02, `${file} is ${width}x${height} and not in the proportions of ${display}`);
}

/** Every byte that the server hands to a neighbour belongs to a picture, and that picture is the right way up. */
async function assertNothingButPictures(world, neighbour, entries) {
  const comparer = await openComparer();
  world.atEnd(comparer.close);
  const views = await neighbour.views();
  for (const { photo, story } of entries) {
    const [{ sha256, width, height }] = views.find(({ fields }) => fields.story === story).fields.photos;
    const [large, small] = [await neighbour.photo(sha256), await neighbour.photo(sha256, "small")];
    assert.deepEqual([metadataOf(large), metadataOf(small)], [[], []], photo.file);
    assert.deepEqual(jpegSize(large), { width, height }, photo.file);
    const scale = Math.min(1, 2048 / Math.max(...photo.display));
    assert.deepEqual([width, height], photo.display.map((side) => Math.round(side * scale)), photo.file);
    assert.ok(Math.max(...Object.values(jpegSize(small))) <= 400, photo.file);
    for (const picture of [large, small]) {
      const difference = await comparer.difference(photo, picture);
      assert.ok(difference < ALIKE, `${photo.file} is not as it was meant: ${difference}`);
    }
  }
}
