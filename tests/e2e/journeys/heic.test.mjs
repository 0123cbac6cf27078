// Photos in HEIC, which Chromium does not decode: the phone does so itself, once what it takes has come.
import { strict as assert } from "node:assert";
import { heicPhotos, smallPhotos } from "../fixtures/corpus.mjs";
import { bodies, rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { jpegSize, metadataOf } from "../fixtures/jpeg.mjs";
import { openComparer } from "../fixtures/pixels.mjs";
import { until } from "../fixtures/until.mjs";

const [SMALL] = smallPhotos();
const HEIC = heicPhotos();
const [WIDE] = HEIC;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Those of the first differ by 18 if they are taken for those of sRGB: mean difference of 0 to 255. */
const SAME_COLOURS = 3;

journey("a HEIC is a photo like any other, without network and at its first use", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await anna.offline();
  for (const { path, display } of HEIC) {
    await anna.choose(path);
    // At once: it takes some seconds until it is ready.
    await anna.save();
    await page.getByRole("link", { name: "Klaar" }).click();
    await anna.isAtStart();
    await anna.go("Mijn foto's");
    await anna.seesPhoto(display);
    await anna.go("Start");
  }
  await anna.online();
  const member = await anna.member();
  await member.isShown(HEIC.length);
  const comparer = await openComparer();
  world.atEnd(comparer.close);
  const records = (await member.own()).map(({ record }) => record).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [number, photo] of HEIC.entries()) {
    const { photos, made_ms: made, place } = records[number].fields;
    const [{ sha256, width, height }] = photos.last.value;
    const scale = Math.min(1, 2048 / Math.max(...photo.display));
    assert.deepEqual([width, height], photo.display.map((side) => Math.round(side * scale)), photo.file);
    assert.ok(Math.abs(made.last.value - photo.taken) < DAY_MS, `${photo.file} is of ${new Date(made.last.value).toISOString()}`);
    assert.equal(place, undefined, `${photo.file}: where it was taken is offered, and not taken over by itself`);
    for (const size of ["large", "small"]) {
      const picture = await member.photo(sha256, size);
      assert.deepEqual(metadataOf(picture), [], photo.file);
      const difference = await comparer.difference(photo, picture);
      assert.ok(difference < SAME_COLOURS, `${photo.file}, ${size}: ${difference}`);
    }
    assert.deepEqual(jpegSize(await member.photo(sha256)), { width, height }, photo.file);
  }
});

journey("where a HEIC was taken is offered to its maker, who takes no part in a project yet", async (world) => {
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.choose(WIDE.path);
  const place = await until("the photo to be ready", async () => (await bodies(anna, "draft_photos"))[0]?.origin?.place);
  const { north_microdeg: north, east_microdeg: east } = JSON.parse(place);
  assert.equal([north, east].map((micro) => (micro / 1e6).toFixed(5)).join(), WIDE.place);
});

journey("what reads HEIC is none of a first visit, and where it is not there yet the rest is saved", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.open();
  await anna.isInstalled();
  await anna.offline();
  await anna.choose(SMALL.path, WIDE.path);
  await anna.alert.getByText("Deze telefoon kan dit soort foto niet lezen. Maak een nieuwe foto of kies een andere.").waitFor();
  await world.audit();
  await anna.feel("Dit is fijn");
  await anna.save();
  const [entry] = (await bodies(anna, "records")).filter(({ record }) => record.kind === "entry");
  assert.equal(entry.record.fields.photos.last.value.length, 1);
  assert.equal((await rows(anna, "draft_photos")).length, 0);
  const kept = await page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
  });
  assert.deepEqual(kept.filter((url) => /heif/.test(url)), []);
});
