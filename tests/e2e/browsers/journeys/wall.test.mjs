// The neighbourhood's wall: everyone's photos with their makers' words.
import { strict as assert } from "node:assert";
import { drawNumber } from "../../fixtures/drawn.mjs";
import { Member } from "../../fixtures/member.mjs";
import { DEMO } from "../../fixtures/server.mjs";
import { journey } from "../journey.mjs";

const STORY = "De lindeboom.";

journey("the wall shows strengths first, can be narrowed, and opens an entry, also without network", async ({ server, phone }) => {
  const maker = await Member.join(server.origin, { name: "Karim" });
  await maker.makeEntry(drawNumber(1), { valence: "could_be_better", themes: ["groen"], story: "Kaal gras." });
  await maker.makeEntry(drawNumber(2), { valence: "both", themes: ["groen", "spelen"], story: "Mooi, maar nat." });
  await maker.makeEntry(drawNumber(3), { valence: "good", themes: ["groen"], story: STORY });
  await maker.isShown(3);
  await phone.join(DEMO.code, "Anna");
  await phone.isInstalled();
  await phone.go("Buurt");
  await phone.entries(9);
  await phone.sees("Dit is fijn", STORY, "Allebei", "Mooi, maar nat.", "Dit kan beter", "Kaal gras.");
  await phone.showsPhotos(9);

  await phone.tap("link", "Groen en water");
  // One of the demo's own is about green.
  await phone.entries(4);
  await phone.tap("link", "Kan beter");
  const [left] = await phone.entries(1);
  assert.match(left, /Kaal gras\./);
  await phone.reload();
  assert.deepEqual(await phone.entries(1), [left], "a reload keeps the choice");

  await phone.go("Buurt");
  await phone.entries(9);
  await phone.tap("link", STORY);
  await isWhole(phone);
  await phone.offline();
  await phone.reload();
  await isWhole(phone);
  await phone.go("Buurt");
  await phone.entries(9);
  await phone.showsPhotos(9);
});

async function isWhole(phone) {
  await phone.sees(STORY);
  const [entry] = await phone.entries(1);
  for (const words of [STORY, "Groen en water", "Karim"]) assert.ok(entry.includes(words), entry);
  assert.equal(await phone.proportions(), 1);
}
