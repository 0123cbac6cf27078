// Every file that a phone can hold is either a photo that may leave it, or is told in one plain sentence.
import { strict as assert } from "node:assert";
import { corpus, twelvePhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { jpegSize, metadataOf } from "../fixtures/jpeg.mjs";
import { SAVED } from "../fixtures/phone.mjs";
import { ALIKE, openComparer } from "../fixtures/pixels.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;
const [FIRST, SECOND] = twelvePhotos();

journey("a file that cannot be used is told in one sentence, and the app goes on", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.capture(FIRST.path, { story: "Dit stond er al." });
  for (const { file, path } of corpus.filter(({ expected }) => expected === "reject")) {
    await anna.choose(path);
    await anna.alert.waitFor();
    const sentence = await anna.alert.innerText();
    assert.match(sentence, /^(\p{Lu}[^.!?{}<>]+\.\s*)+$/u, `${file}: ${sentence}`);
    assert.equal(await anna.page.getByRole("radiogroup").count(), 1, file);
    await anna.page.getByRole("link", { name: "Terug" }).click();
    await anna.isAtStart();
    assert.equal(await anna.alert.count(), 0, file);
  }
  await anna.choose(SECOND.path);
  await anna.page.getByRole("link", { name: "Terug" }).click();
  const drafts = anna.page.getByRole("link", { name: "Ga verder" });
  await drafts.first().waitFor();
  assert.equal(await drafts.count(), 1, "a file that cannot be used leaves no draft");
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await anna.entry("Dit stond er al.").waitFor();
});

journey("beside a file that cannot be used, the other photos and the words stay", async (world) => {
  const { path: bad } = corpus.find(({ expected }) => expected === "reject");
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.choose(FIRST.path, bad, SECOND.path);
  await anna.alert.waitFor();
  await anna.feel("Allebei");
  await anna.alert.waitFor({ state: "detached" });
  await anna.next();
  await anna.about("Wonen");
  await anna.next();
  await anna.tell("Twee foto's van drie.");
  await anna.save();

  const member = await anna.member();
  await member.isShown(1);
  const [{ record }] = await member.own();
  assert.equal(record.fields.photos.last.value.length, 2);
  assert.equal(record.fields.story.last.value, "Twee foto's van drie.");
  assert.equal(record.fields.valence.last.value, "both");
});

journey("every photo that can be used is saved while it is still being made ready, and arrives whole and bare", async (world) => {
  const done = new Set(twelvePhotos());
  const files = corpus.filter((file) => file.expected !== "reject" && !done.has(file));
  const anna = await world.phone("Anna");
  await anna.join();
  const began = Date.now();
  const saved = [];
  for (const file of files) {
    await anna.choose(file.path);
    // At once: the picture itself takes a second or more.
    await anna.page.getByRole("button", { name: "Bewaren" }).click();
    const isSaved = await outcome(anna);
    if (isSaved) saved.push(file);
    else assert.equal(file.expected, "either", file.file);
    await anna.page.getByRole("link", { name: isSaved ? "Klaar" : "Terug" }).click();
    await anna.isAtStart();
  }

  const member = await anna.member();
  await member.isShown(saved.length);
  const comparer = await openComparer();
  world.atEnd(comparer.close);
  const records = (await member.own()).map(({ record }) => record).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [number, photo] of saved.entries()) {
    const { photos, made_ms: made, place } = records[number].fields;
    const [{ sha256, width, height }] = photos.last.value;
    const isNear = (ms) => Math.abs(made.last.value - ms) < DAY_MS;
    assert.ok(isNear(photo.taken ?? began), `${photo.file} is of ${new Date(made.last.value).toISOString()}`);
    assert.equal(place, undefined, `${photo.file}: where it was taken is offered, and not taken over by itself`);
    const scale = Math.min(1, 2048 / Math.max(...photo.display));
    assert.deepEqual([width, height], photo.display.map((side) => Math.max(1, Math.round(side * scale))), photo.file);
    const picture = await member.photo(sha256);
    assert.deepEqual(metadataOf(picture), [], photo.file);
    assert.deepEqual(jpegSize(picture), { width, height }, photo.file);
    const difference = await comparer.difference(photo, picture);
    assert.ok(difference < ALIKE, `${photo.file} is not as it was meant: ${difference}`);
  }
});

/** Waits for either end of saving; says whether it was saved. */
async function outcome(phone) {
  const saved = phone.page.getByRole("status").filter({ hasText: SAVED });
  await saved.or(phone.alert).first().waitFor();
  return (await saved.count()) === 1;
}
