// What was begun is never lost: not by a reload, not by a browser that dies.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("a reload in the middle of making keeps photo, feeling, themes and words", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.choose(PHOTO);
  await anna.feel("Dit kan beter");
  await isOnDisk(anna, "could_be_better");
  await anna.reload();
  await assertHasFeeling(anna);
  await anna.next();
  await anna.about("Auto's en parkeren", "Veilig voelen");
  await isOnDisk(anna, "veilig");
  await anna.reload();
  await assertHasThemes(anna);
  await anna.next();
  await anna.tell("Hier steken de kinderen over.");
  await isOnDisk(anna, "Hier steken de kinderen over.");
  await anna.reload();
  await anna.open("/");
  await assertGoesOn(anna);
});

journey("a browser that is killed in the middle of making gives everything back", async (world) => {
  const folder = world.folder();
  const before = await world.phoneIn(folder, "before");
  await before.join();
  await before.choose(PHOTO);
  await before.feel("Dit kan beter");
  await before.next();
  await before.about("Auto's en parkeren", "Veilig voelen");
  await before.next();
  await before.tell("Hier steken de kinderen over.");
  await isOnDisk(before, "Hier steken de kinderen over.");
  await world.kill(before);

  const after = await world.phoneIn(folder, "after");
  await after.open();
  await assertGoesOn(after);
});

journey("a browser that is killed right after choosing gives the photo back", async (world) => {
  const folder = world.folder();
  const before = await world.phoneIn(folder, "before");
  await before.open();
  await before.choose(OTHER);
  await isOnDisk(before, "");
  await world.kill(before);

  const after = await world.phoneIn(folder, "after");
  await after.open();
  await after.page.getByRole("link", { name: "Ga verder" }).click();
  await after.page.getByRole("radiogroup").waitFor();
  await after.seesPhoto();
  await after.feel("Allebei");
  await after.save();
});

journey("a browser that is killed while it saves has saved once it is open again", async (world) => {
  const folder = world.folder();
  const before = await world.phoneIn(folder, "before");
  await before.join();
  // A large one takes a while to be made ready.
  await before.choose(smallPhotos().at(-1).path);
  await before.feel("Allebei");
  await before.page.getByRole("button", { name: "Bewaren" }).click();
  await until("the wish to save to be on disk", async () => {
    const drafts = await rows(before, "drafts");
    return drafts.length === 0 || drafts[0].includes('save_asked\\":true');
  });
  await world.kill(before);

  const after = await world.phoneIn(folder, "after");
  await after.open("/mijn");
  await after.hasSentAll(1);
  assert.deepEqual(await rows(after, "drafts", "draft_photos"), []);
  const [{ record }] = await (await after.member()).own();
  assert.equal(record.fields.valence.last.value, "both");
});

async function assertGoesOn(phone) {
  await phone.page.getByRole("link", { name: "Ga verder" }).click();
  const story = phone.page.getByRole("textbox", { name: "Vertel erbij" });
  assert.equal(await story.inputValue(), "Hier steken de kinderen over.");
  await phone.seesPhoto();
  await phone.page.getByRole("link", { name: "Terug" }).click();
  await assertHasThemes(phone);
  await phone.page.getByRole("link", { name: "Terug" }).click();
  await assertHasFeeling(phone);
  await phone.save();
  await phone.page.getByRole("link", { name: "Klaar" }).click();
  await phone.isAtStart();
  assert.deepEqual(await rows(phone, "drafts", "draft_photos"), [], "nothing of the draft is left beside the entry");
  await phone.go("Mijn foto's");
  await phone.hasSentAll(1);
  const [{ record }] = await (await phone.member()).own();
  assert.equal(record.fields.story.last.value, "Hier steken de kinderen over.");
  assert.deepEqual(Object.keys(record.fields.themes.set), ["veilig", "verkeer"]);
  assert.equal(record.fields.valence.last.value, "could_be_better");
}

async function assertHasFeeling(phone) {
  await phone.seesPhoto();
  assert.ok(await phone.page.getByRole("radio", { name: "Dit kan beter" }).isChecked());
}

async function assertHasThemes(phone) {
  const themes = phone.page.getByRole("checkbox", { checked: true });
  await themes.nth(1).waitFor({ state: "attached" });
  assert.equal(await themes.count(), 2);
}

/** Done when the draft lies in the browser's own storage, with its photo and these words. */
async function isOnDisk(phone, story) {
  await until("the draft to be on disk", async () => {
    const [drafts, photos] = [await rows(phone, "drafts"), await rows(phone, "draft_photos")];
    return photos.length === 1 && drafts.length === 1 && drafts[0].includes(story);
  });
}
