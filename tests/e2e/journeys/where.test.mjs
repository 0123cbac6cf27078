// Where a photo was made: as the phone says, pointed at, taken over from the photo, or left out; and what others see of it.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { bodies } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { tabTo } from "../fixtures/keyboard.mjs";
import { locatedPhoto } from "../fixtures/located.mjs";
import { Member } from "../fixtures/member.mjs";
import { until } from "../fixtures/until.mjs";

const [SMALL] = smallPhotos();
const TAKEN = { taken: "2019:06:15 14:30:00", offset: "+02:00", north: 51_987_654, east: 5_893_217 };
const HERE = { latitude: 51.981234, longitude: 5.905432 };

journey("the phone finds where it is, without network, and others see no more of it than their maker says", async (world) => {
  const anna = await world.phone("Anna");
  const { context, page } = anna;
  await anna.join();
  await anna.hasMaking();
  await anna.offline();
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ ...HERE, accuracy: 60 });
  await openPlace(anna);
  await world.audit();
  await page.getByRole("radio", { name: "Hier" }).check();
  await page.getByText("Gevonden, op 60 meter nauwkeurig.").waitFor();
  await context.setGeolocation({ ...HERE, accuracy: 7 });
  await page.getByText("Gevonden, op 7 meter nauwkeurig.").waitFor();
  await page.getByRole("radio", { name: "De buurt" }).check();
  await world.audit();
  await page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
  await anna.online();
  const neighbour = await Member.join(world.server.origin);
  const seen = await until("the entry to be shown", async () => (await neighbour.views()).find(({ fields }) => fields.place)?.fields.place);
  assert.deepEqual([seen.shown, seen.radius_m], ["neighbourhood", 1000]);
  assert.ok(metresBetween(seen, HERE) < 1000, JSON.stringify(seen));
  const [{ record }] = await (await anna.member()).own();
  const { value } = record.fields.place.last;
  assert.deepEqual([value.north_microdeg, value.east_microdeg, value.accuracy_m, value.source], [51981234, 5905432, 7, "here"]);
});

journey("where the phone may not say where it is one can point at the neighbourhood's drawing, by tap and by keys", async (world) => {
  await drawNeighbourhood(world);
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await until("the drawing to be on the phone", async () => {
    await openPlace(anna);
    await page.getByRole("radio", { name: "Wijs aan" }).check();
    return (await page.getByRole("application").count()) > 0 || (await anna.open(), false);
  });
  await page.getByRole("radio", { name: "Hier" }).check();
  await page.getByText(/^Je telefoon zegt niet waar je bent/).waitFor();
  await world.audit();
  await page.getByRole("radio", { name: "Wijs aan" }).check();
  const ground = page.getByRole("application", { name: "De buurt van boven" });
  const { width, height } = await ground.boundingBox();
  await ground.click({ position: { x: width * 0.6, y: height * 0.4 } });
  await page.getByText("De plek staat bij je foto.").waitFor();
  const tapped = await ownPlace(anna);
  assert.equal(tapped.source, "pointed");
  await tabTo(page, ground);
  await page.keyboard.press("ArrowLeft");
  await until("the place to move", async () => (await ownPlace(anna)).east_microdeg < tapped.east_microdeg);
  await page.getByRole("button", { name: "Naar boven" }).click();
  await until("the place to move up", async () => (await ownPlace(anna)).north_microdeg > tapped.north_microdeg);
  await anna.reload();
  await page.getByText("De plek staat bij je foto.").waitFor();
  await page.getByRole("radio", { name: "Weglaten" }).check();
  await page.getByText("Bij deze foto staat geen plek.").waitFor();
  await until("no place to be kept", async () => (await ownPlace(anna)) === null);
});

journey("a place that a photo brings along is taken over by its maker alone", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  const path = join(world.folder(), "gallery.jpg");
  writeFileSync(path, locatedPhoto(TAKEN));
  await openPlace(anna, { path });
  const offer = page.getByRole("button", { name: "Gebruik die plek" });
  await offer.waitFor();
  assert.equal(await ownPlace(anna), null);
  await world.audit();
  await offer.click();
  await page.getByText("De plek staat bij je foto.").waitFor();
  const { source, north_microdeg, east_microdeg } = await ownPlace(anna);
  assert.equal(source, "photo");
  assert.deepEqual([north_microdeg, east_microdeg], [TAKEN.north, TAKEN.east]);
});

/** Chooses a photo, and goes on to where its place is told. */
async function openPlace(phone, { path } = SMALL) {
  await phone.open();
  await phone.choose(path);
  await until("the photo to be ready", async () => (await bodies(phone, "draft_photos")).some(({ stage }) => stage.ready));
  await phone.next();
  await phone.next();
  await phone.page.getByRole("link", { name: "Zeg waar het is" }).click();
  await phone.page.getByRole("heading", { name: "Waar is het?" }).waitFor();
}

/** Returns the place of the draft that is open, or null. */
async function ownPlace(phone) {
  const [, open] = /erbij\/([^/]+)/.exec(phone.page.url());
  return (await bodies(phone, "drafts")).find(({ id }) => id === open).place ?? null;
}

/** A coordinator draws the outline. */
async function drawNeighbourhood({ server }) {
  const coordinator = await Member.join(server.origin, { code: await server.invite("coordinator") });
  const corners = [[5.9, 51.98], [5.91, 51.98], [5.91, 51.985], [5.9, 51.985], [5.9, 51.98]];
  await coordinator.write("project", coordinator.membership.project.id, { area: { type: "Polygon", coordinates: [corners] } });
}

/** About how far it is, in metres. */
function metresBetween({ north_microdeg, east_microdeg }, { latitude, longitude }) {
  const north = (north_microdeg / 1e6 - latitude) * 111_320;
  const east = (east_microdeg / 1e6 - longitude) * 111_320 * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
