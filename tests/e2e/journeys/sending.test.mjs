// Sending survives whatever dies on the way, and never waits when there is a reason to try.
import { strict as assert } from "node:assert";
import { behindProxy, behindSlowLink } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const PHOTOS = smallPhotos().slice(0, 4);
const STORIES = PHOTOS.map((_, number) => `Verhaal ${number + 1} van onderweg.`);

journey("a browser that is killed while it sends loses nothing and sends nothing twice", async (world) => {
  const origin = await behindSlowLink(world);
  const folder = world.folder();
  const before = await world.phoneIn(folder, "before", { origin });
  await makeOffline(before);
  await before.online();
  await isUnderWay(world);
  await before.page.getByText(STATE.sending, { exact: true }).first().waitFor();
  await world.kill(before);

  const after = await world.phoneIn(folder, "after", { origin });
  await after.open("/mijn");
  await arrivesOnce(world, after);
});

journey("a server that is killed while it receives loses nothing and shows nothing twice", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna", { origin: await behindSlowLink(world) });
  await makeOffline(anna);
  await anna.online();
  await isUnderWay(world);
  await server.kill();
  await anna.page.getByText(STATE.sending, { exact: true }).first().waitFor({ state: "detached" });
  assert.ok((await anna.page.getByText(STATE.onPhone, { exact: true }).count()) > 0);
  await server.start();
  await anna.go("Start");
  await anna.page.getByRole("button", { name: "Nu versturen" }).click();
  await anna.go("Mijn foto's");
  await arrivesOnce(world, anna);
});

journey("a photo whose upload is cut off again and again arrives once", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  await anna.join();
  let cuts = 0;
  between.answer = (asked, response) => {
    const isPart = asked.method === "PUT" || (asked.method === "POST" && asked.url.endsWith("/records"));
    if (!isPart || cuts >= 6) return false;
    cuts += 1;
    // Every other time the server has it all, and only its answer is lost.
    if (cuts % 2 === 0) asked.once("end", () => setImmediate(() => response.destroy()));
    else asked.once("data", () => response.destroy());
    return false;
  };
  await anna.capture(PHOTOS[0].path, { story: STORIES[0] });
  await anna.go("Mijn foto's");
  await until("six cuts", async () => {
    await anna.context.setOffline(true);
    await anna.context.setOffline(false);
    return cuts === 6;
  });
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  const { entries_with_missing_media, orphan_media, partials } = await world.server.stats();
  assert.deepEqual([entries_with_missing_media, orphan_media, partials], [0, 0, 0]);
});

journey("a start, the network coming back and a tap each try at once, however long the phone was told to wait", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  anna.expect(/status of 503/);
  await anna.join();
  const reasons = {
    "a tap": () => anna.page.getByRole("button", { name: "Nu versturen" }).click(),
    "the network": async () => {
      await anna.offline();
      await anna.online();
    },
    "a start": () => anna.reload(),
  };
  for (const [reason, happen] of Object.entries(reasons)) {
    between.answer = waitAnHour;
    const asked = between.requests.length;
    await anna.capture(PHOTOS[1].path, { story: `Wacht op ${reason}.` });
    await until("the server to be asked", () => between.requests.slice(asked).some((line) => line.startsWith("POST")));
    await anna.page.getByRole("button", { name: "Nu versturen" }).waitFor();
    between.answer = null;
    await happen();
    await anna.go("Mijn foto's");
    await anna.entry(`Wacht op ${reason}.`).getByText(STATE.received, { exact: true }).waitFor();
    await anna.go("Start");
  }
});

journey("a page that is closed while it sends leaves the rest to the browser, which ends it", async (world) => {
  const anna = await world.phone("Anna", { origin: await behindSlowLink(world) });
  await makeOffline(anna);
  await anna.online();
  await isUnderWay(world);
  await anna.page.goto("about:blank");
  const neighbour = await Member.join(world.server.origin);
  await until("all that was made, with no page open", async () => {
    const stories = (await neighbour.views()).map(({ fields }) => fields.story);
    return STORIES.every((story) => stories.includes(story));
  });
  await anna.open("/mijn");
  await arrivesOnce(world, anna);
});

journey("the screen stays on while what somebody asked for is sent, and no longer", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: await behindSlowLink(world, between.origin) });
  await anna.page.addInitScript(countWakeLocks);
  await makeOffline(anna);
  const locks = () => anna.page.evaluate(() => window.wakeLocks);
  const isLetGo = () => until("the screen to be let go", async () => (await locks()).held === 0);
  await isLetGo();
  const { taken } = await locks();
  // The first try fails, as it often does when a network has only just come back.
  between.answer = (asked, response) => {
    if (asked.method === "GET") return false;
    between.answer = null;
    response.destroy();
    return true;
  };
  await anna.online();
  await anna.hasSentAll(PHOTOS.length);
  assert.ok((await locks()).taken > taken);
  await isLetGo();
});

/** Runs in the page: counts the locks that keep the screen on. */
function countWakeLocks() {
  window.wakeLocks = { taken: 0, held: 0 };
  const request = navigator.wakeLock.request.bind(navigator.wakeLock);
  navigator.wakeLock.request = async (kind) => {
    const lock = await request(kind);
    window.wakeLocks.taken += 1;
    window.wakeLocks.held += 1;
    lock.addEventListener("release", () => (window.wakeLocks.held -= 1));
    return lock;
  };
}

/** Joins, and makes entries without network; the phone then stands on the list of its own. */
async function makeOffline(phone) {
  await phone.join();
  await phone.isInstalled();
  await phone.offline();
  for (const [number, { path }] of PHOTOS.entries()) await phone.capture(path, { story: STORIES[number] });
  await phone.go("Mijn foto's");
  await phone.articles.nth(PHOTOS.length - 1).waitFor();
}

/** Done when a photo is on its way: part of it is at the server, and the rest is not. */
async function isUnderWay({ server }) {
  await until("an upload under way", async () => (await server.stats()).partials > 0);
}

/** Everything is received, and a neighbour sees each entry once. */
async function arrivesOnce({ server }, phone) {
  await phone.hasSentAll(PHOTOS.length);
  await (await phone.member()).isShown(PHOTOS.length);
  const neighbour = await Member.join(server.origin);
  const stories = (await neighbour.views()).map(({ fields }) => fields.story);
  assert.deepEqual(stories.filter((story) => STORIES.includes(story)).sort(), STORIES);
  const { entries, entries_with_missing_media, orphan_media } = await server.stats();
  assert.deepEqual([entries, entries_with_missing_media, orphan_media], [6 + PHOTOS.length, 0, 0]);
}

function waitAnHour(asked, response) {
  if (asked.method === "GET") return false;
  const body = JSON.stringify({ code: "busy", message: "", server_time_ms: Date.now() });
  response.writeHead(503, { "content-type": "application/json", "retry-after": "3600" }).end(body);
  return true;
}
