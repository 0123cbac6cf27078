// A backup: made without network, readable by others than us, put back once, and harmless whatever is in it.
import { strict as assert } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { metadataOf } from "../fixtures/jpeg.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [ONE, TWO] = smallPhotos();
const STORY = "Hier deel je eten & <b>meer</b>.";
const OTHER = "De heg is gesnoeid.";

journey("a backup made without network brings photos and words back to a phone that has nothing", async (world) => {
  const before = await world.server.stats();
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.isInstalled();
  await anna.capture(ONE.path, { valence: "Dit is fijn", themes: ["Eten en drinken"], story: STORY });
  await anna.capture(TWO.path, { valence: "Dit kan beter", story: OTHER });
  await anna.page.waitForFunction(async () => Boolean(await caches.match(document.querySelector("meta[name=keep-worker]").content)));
  await until("all that makes a backup to be on the phone", () => countKept(anna, 3));
  // Before there is a project its screen comes with the first photo.
  await anna.hasMaking();
  await anna.offline();
  const file = await makeBackup(world, anna, 2);
  const files = unzip(readFileSync(file));
  const photos = Object.keys(files).filter((name) => name.startsWith("photos/"));
  assert.deepEqual(Object.keys(files).sort(), [...photos, "entries.json", "index.html"].sort());
  assert.equal(photos.length, 2);
  for (const name of photos) assert.deepEqual(metadataOf(files[name]), []);
  const index = files["index.html"].toString();
  assert.ok(index.includes("Hier deel je eten &amp; &lt;b&gt;meer&lt;/b&gt;.") && index.includes(photos[0]), index);
  assert.ok(index.includes("Eten en drinken") && !index.includes("<script"), index);
  await world.audit();

  const bea = await world.phone("Bea");
  await bea.join({ name: "Bea" });
  await putBack(bea, file, "Teruggezet: 2");
  await putBack(bea, file, "Stond er al, of is gewist: 2");
  await bea.go("Mijn foto's");
  await bea.hasSentAll(2);
  await bea.entry(STORY).getByText("Fijn", { exact: true }).waitFor();
  await bea.reload();
  await bea.hasSentAll(2);
  const { entries, media, entries_with_missing_media, orphan_media } = await world.server.stats();
  assert.deepEqual([entries - before.entries, media - before.media, entries_with_missing_media, orphan_media], [2, 2, 0, 0]);
});

journey("what the server knows as another's stays that, whoever puts it back", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.isInstalled();
  await anna.capture(ONE.path, { valence: "Dit is fijn", story: STORY });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  const file = await makeBackup(world, anna, 1);
  const token = (await anna.context.cookies(anna.origin)).find(({ name }) => name === "wijkbeeld").value;
  assert.ok(!readFileSync(file).includes(token));

  // One who has not asked the server yet cannot know; the server says so.
  const bea = await world.phone("Bea");
  await bea.open();
  await putBack(bea, file, "Teruggezet: 1");
  await bea.go("Mijn foto's");
  await bea.entry(STORY).getByText(STATE.onPhone, { exact: true }).waitFor();
  await bea.join({ name: "Bea" });
  await bea.go("Mijn foto's");
  await bea.entry(STORY).waitFor({ state: "detached" });
  await bea.go("Buurt");
  await bea.entry(STORY).getByRole("link", { name: STORY }).click();
  await bea.page.getByRole("heading", { name: "Foto en verhaal van Anna" }).waitFor();
  // From now on the phone knows it by itself.
  await putBack(bea, file, "Van iemand anders: 1");
});

journey("a file that is no backup, or no whole one, changes nothing and says so", async (world) => {
  const folder = world.folder();
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.isInstalled();
  await anna.capture(ONE.path, { story: STORY });
  const good = readFileSync(await makeBackup(world, anna, 1));
  const bea = await world.phone("Bea");
  await bea.open();
  const wrong = {
    "photo.zip": readFileSync(ONE.path),
    "empty.zip": Buffer.alloc(0),
    "cut.zip": good.subarray(0, good.length - 1),
    "changed.zip": Buffer.from(good.toString("latin1").replaceAll("entries.json", "../../x.json"), "latin1"),
  };
  for (const [name, bytes] of Object.entries(wrong)) {
    writeFileSync(join(folder, name), bytes);
    await putBack(bea, join(folder, name), "Dit bestand is geen goede reservekopie.");
    // The screen is made anew, so what it says next is about the next file.
    await bea.go("Start");
  }
  // One byte of the photo is another: words and photo never part.
  const bitten = Buffer.from(good);
  bitten[good.indexOf("photos/") + 71 + 1000] ^= 1;
  writeFileSync(join(folder, "bitten.zip"), bitten);
  await putBack(bea, join(folder, "bitten.zip"), "Stuk of ongeldig: 1");
  await bea.go("Mijn foto's");
  await bea.page.getByText("Hier komen jouw foto's").waitFor();
});

/** Makes a backup under Meer; returns where the file is. */
async function makeBackup(world, phone, entries) {
  await toMyData(phone);
  await phone.page.getByRole("button", { name: "Maak een reservekopie" }).click();
  await phone.page.getByText(`Verhalen in het bestand: ${entries}`).waitFor();
  const saved = phone.page.waitForEvent("download");
  await phone.page.getByRole("link", { name: "Bewaar het bestand" }).click();
  const download = await saved;
  assert.match(download.suggestedFilename(), /^wijkbeeld-\d{4}-\d{2}-\d{2}\.zip$/);
  const path = join(world.folder(), download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function putBack(phone, file, told) {
  await toMyData(phone);
  await phone.page.getByLabel("Zet terug").setInputFiles(file);
  await phone.page.getByText(told).waitFor();
}

async function toMyData(phone) {
  await phone.go("Meer");
  await phone.page.getByRole("link", { name: "Mijn gegevens" }).click();
}

/** Says whether so many files of what makes backups are on the phone. */
async function countKept({ page }, count) {
  const names = await page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
  });
  return names.filter((name) => name.startsWith("/keep")).length === count;
}

/** Returns the files of a ZIP by name, as any other program finds them. */
function unzip(zip) {
  const files = {};
  const end = zip.lastIndexOf("PK\x05\x06");
  for (let at = zip.readUInt32LE(end + 16); zip.toString("latin1", at, at + 4) === "PK\x01\x02"; ) {
    const [size, nameLength, start] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    files[zip.toString("utf8", at + 46, at + 46 + nameLength)] = zip.subarray(from, from + size);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
