// A network that goes away, tabs that are closed, a phone that is full: the photos arrive, each once.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drawNumber } from "../fixtures/drawn.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Trip } from "../fixtures/trip.mjs";

const MB = 1_000_000;
const CUT_MS = 3_000;

journey("a network that is cut for three seconds, three times, loses nothing and lets nothing arrive twice", async (world) => {
  const trip = await Trip.prepare(world);
  const phone = await world.phone("Anna", { origin: trip.origin });
  await trip.make(phone);
  await trip.begin(phone);
  for (const share of [0.3, 0.5, 0.7]) {
    await trip.reaches(share);
    trip.link.cut();
    await sleep(CUT_MS);
    trip.link.heal();
  }
  await trip.arrivedOnce(phone);
});

journey("two tabs send each photo once, also when the one that sends is closed on the way", async (world) => {
  const trip = await Trip.prepare(world);
  const first = await world.phone("Anna", { origin: trip.origin });
  await trip.make(first);
  const second = await first.tab("/mijn");
  await trip.begin(second);
  await trip.reaches(0.4);
  await first.page.close();
  await second.front();
  await trip.arrivedOnce(second);
});

journey("a phone that is full sends what it has, and what did not fit comes later, once", async (world) => {
  const trip = await Trip.prepare(world);
  const large = join(world.folder(), "large.jpg");
  writeFileSync(large, Buffer.concat([drawNumber(1), Buffer.alloc(12 * MB)]));
  const story = "Deze paste er niet meer bij.";
  const phone = await world.phoneIn(world.folder(), "Anna", { origin: trip.origin });
  const session = await phone.context.newCDPSession(phone.page);
  const limit = (quotaSize) => session.send("Storage.overrideQuotaForOrigin", { origin: phone.origin, quotaSize });
  // From the beginning: the browser looks at the room that is left only when what it knew of has been used up.
  await limit(10 * MB);
  await trip.make(phone);
  await phone.go("Start");
  await phone.choose(large);
  await phone.feel("Dit is fijn");
  await phone.next();
  await phone.next();
  await phone.tell(story);
  await phone.page.getByRole("button", { name: "Bewaren" }).click();
  await phone.page.getByText("Je telefoon is vol.").waitFor();

  await trip.begin(phone);
  await trip.reaches(0.9);
  assert.equal(await phone.alert.count(), 0);
  await limit();
  await phone.page.getByRole("button", { name: "Probeer opnieuw" }).click();
  await phone.hasSaved();
  await phone.page.getByRole("link", { name: "Klaar" }).click();
  await phone.go("Mijn foto's");
  trip.entries.push({ path: large, story });
  await trip.arrivedOnce(phone);
});
