// Whatever dies while photos travel, and however often: none is lost, none comes twice, and nothing is left over.
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { Trip } from "../fixtures/trip.mjs";

/** At which part of the payload something dies. */
const SHARES = [0.3, 0.5, 0.7];

journey("a browser that is killed three times while it sends loses nothing and sends nothing twice", async (world) => {
  const trip = await Trip.prepare(world);
  const folder = world.folder();
  let phone = await open(world, trip, folder, "the first");
  await trip.make(phone);
  await trip.begin(phone);
  for (const share of SHARES) {
    await trip.reaches(share);
    await world.kill(phone);
    // Once the phone's system still sends what the browser left to it, and once it does not.
    if (share === 0.5) trip.link.drop();
    phone = await open(world, trip, folder, `the one after ${share}`);
    await phone.open("/mijn");
  }
  await trip.arrivedOnce(phone);
});

journey("a server that is killed three times while it receives loses nothing and keeps nothing twice", async (world) => {
  const trip = await Trip.prepare(world);
  const phone = await world.phone("Anna", { origin: trip.origin });
  await trip.make(phone);
  await trip.begin(phone);
  for (const share of SHARES) {
    await trip.reaches(share);
    await world.server.kill();
    await phone.page.getByText(STATE.sending, { exact: true }).first().waitFor({ state: "detached" });
    await world.server.start();
  }
  await trip.arrivedOnce(phone);
});

async function open(world, trip, folder, name) {
  const phone = await world.phoneIn(folder, name, { origin: trip.origin });
  // A browser that is killed before its cookie is on disk asks without it, and gets it back.
  phone.expect(/status of 401/);
  return phone;
}
