// When and where a photo was taken.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { locatedPhoto } from "../fixtures/located.mjs";
import { until } from "../fixtures/until.mjs";

/** Digits that nothing else has. */
const NORTH = 51_987_654;
const PHOTO = { taken: "2019:06:15 14:30:00", offset: "+02:00", north: NORTH, east: 5_893_217 };

journey("a photo from the gallery keeps its own date, and where it was taken is told to nobody by itself", async (world) => {
  const photo = join(world.folder(), "gallery.jpg");
  writeFileSync(photo, locatedPhoto(PHOTO));
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.choose(photo);
  const knows = async () => (await rows(anna)).filter((row) => row.includes(String(NORTH))).length;
  await until("the draft to know where its photo was taken", async () => (await knows()) === 1);
  await anna.save();
  const member = await anna.member();
  await member.isShown(1);

  const [{ record }] = await member.own();
  assert.equal(record.fields.made_ms.last.value, Date.UTC(2019, 5, 15, 12, 30));
  assert.ok(Math.abs(record.fields.phone_made_ms.last.value - Date.now()) < 60_000);
  assert.equal(record.fields.place, undefined);
  assert.equal(await knows(), 0, "it went with the draft");
});
