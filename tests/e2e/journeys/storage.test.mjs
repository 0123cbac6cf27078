// A phone that is full says so, keeps what is being made, and goes on once there is room.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawNumber } from "../fixtures/drawn.mjs";
import { journey } from "../fixtures/journey.mjs";

const MB = 1_000_000;

journey("a full phone is told in plain words, and saving works once there is room", async (world) => {
  const folder = world.folder();
  const large = join(folder, "large.jpg");
  writeFileSync(large, Buffer.concat([drawNumber(1), Buffer.alloc(8 * MB)]));
  // A phone that forgets all has a storage whose size cannot be set.
  const anna = await world.phoneIn(join(folder, "profile"), "Anna");
  const session = await anna.context.newCDPSession(anna.page);
  const limit = (quotaSize) => session.send("Storage.overrideQuotaForOrigin", { origin: anna.origin, quotaSize });
  // From the beginning: the browser looks at the room that is left only when what it knew of has been used up.
  await limit(6 * MB);
  await anna.join();
  await anna.isInstalled();

  await anna.choose(large);
  await anna.feel("Dit is fijn");
  await anna.next();
  await anna.next();
  await anna.tell("Het past er niet meer bij.");
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.page.getByText("Je telefoon is vol.").waitFor();
  assert.equal(await anna.alert.count(), 0);
  await world.audit();

  await limit();
  await anna.page.getByRole("button", { name: "Probeer opnieuw" }).click();
  await anna.hasSaved();
  await anna.page.getByRole("link", { name: "Klaar" }).click();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await anna.entry("Het past er niet meer bij.").waitFor();
});
