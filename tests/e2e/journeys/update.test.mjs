// A new version waits until somebody wants it, and takes everything along.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { serveRelease } from "../fixtures/release.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("while a new version waits, every screen starts in the old one, also without network", async (world) => {
  const release = await serveRelease(world);
  const [first, second] = await twoTabs(world);
  await second.go("Buurt");
  await second.articles.first().getByRole("link").click();
  await second.page.waitForURL(/\/buurt\/.+/);
  await second.page.getByRole("article").getByRole("img").first().waitFor();
  await first.front();
  await first.choose(PHOTO);
  const draft = new URL(first.page.url()).pathname;
  await waits(first, release);

  await first.offline();
  const entry = new URL(second.page.url()).pathname;
  for (const path of ["/", "/mijn", "/buurt", entry, "/gesprek", "/meer", "/mee", "/mee/BUURT2", draft]) {
    const tab = await first.tab(path);
    await tab.page.getByRole("main").waitFor();
    assert.equal(await versionOf(tab), release.version, path);
    await tab.page.close();
  }
  await first.front();
  // The old one is whole: its worker makes a photo ready.
  await first.save();
  assert.equal((await caches(first)).length, 2);
});

journey("\"Vernieuwen\" takes the new version over in every tab, and a photo that is being made stays", async (world) => {
  const release = await serveRelease(world);
  const [first, second] = await twoTabs(world);
  await makeHalf(first);
  const next = await waits(first, release);
  await takeOver(second, first, next);
  await assertHalf(first);
  assert.equal((await caches(first)).length, 1);
});

journey("a new version with a newer schema takes the phone's data along, with two tabs and a photo that is being made", async (world) => {
  const release = await serveRelease(world);
  const [first, second] = await twoTabs(world);
  await second.capture(OTHER, { story: "Van voor de nieuwe versie." });
  await makeHalf(first);
  const before = await schemaOf(first);
  const next = await waits(first, release, { hasSchemaStep: true });
  await takeOver(second, first, next);
  assert.equal(await schemaOf(second), before + 1);
  await assertHalf(first);
  await second.front();
  await second.go("Mijn foto's");
  await second.entry("Van voor de nieuwe versie.").waitFor();
  await second.hasSentAll(2);
});

journey("a new version is used by itself once no page is open", async (world) => {
  const release = await serveRelease(world);
  const [first, second] = await twoTabs(world);
  const next = await waits(first, release);
  // The tab that drives goes last: the other would begin to drive while it closes.
  await second.page.close();
  await first.page.goto("about:blank");
  await until("the new version", async () => {
    await first.open("/meer");
    const version = await versionOf(first);
    await first.page.goto("about:blank");
    return version === next;
  });
  await first.open("/meer");
  assert.equal((await caches(first)).length, 1);
});

journey("a page that stood on the phone before the server was renewed says what to do, and joins after that", async (world) => {
  const release = await serveRelease(world);
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.isInstalled();
  const next = release.next();
  // What sends was never needed in the old version, and is not there any more.
  anna.expect(/404/);
  await anna.open(`/mee/${DEMO.code}`);
  assert.equal(await versionOf(anna), release.version);
  await anna.page.getByRole("button", { name: "Meedoen" }).click();
  await anna.page.getByRole("status").getByText("Er is een nieuwe versie nodig.").waitFor();
  await anna.go("Meer");
  await anna.page.getByRole("button", { name: "Vernieuwen" }).click();
  await until("the new version", async () => (await versionOf(anna)) === next);
  await anna.isReady();
  await anna.go("Start");
  await anna.page.getByText(DEMO.name).first().waitFor();
});

journey("a page of an older version that finds newer data says so and loses nothing", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.capture(PHOTO, { story: "Veilig." });
  const version = await schemaOf(anna);
  const newer = await anna.context.newPage();
  // Of the same origin, and not the app.
  await newer.goto(`${anna.origin}/api/openapi.json`);
  await newer.evaluate((version) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("wijkbeeld", version);
    opening.onsuccess = () => resolve(opening.result.close());
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("the older page does not give way"));
  }), version + 1);
  await newer.close();
  await anna.page.getByText("Er is al een nieuwere versie op deze telefoon.").waitFor();
});

/** Joins and opens two tabs on Start, with the app installed. */
async function twoTabs(world) {
  const first = await world.phone("Anna");
  await first.join();
  await first.isInstalled();
  return [first, await first.tab("/")];
}

/** Puts the next version there; done when the phone has all of it and waits for a word. Returns the version. */
async function waits(phone, release, options) {
  const next = release.next(options);
  await phone.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await phone.page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration()).waiting !== null);
  assert.equal(await versionOf(phone), release.version);
  return next;
}

/** Says in one tab that the new version is wanted; done when both have it. */
async function takeOver(phone, other, next) {
  await phone.front();
  await phone.go("Meer");
  await phone.page.getByRole("button", { name: "Vernieuwen" }).click();
  for (const tab of [phone, other]) {
    await until("the new version in a tab", async () => (await versionOf(tab)) === next);
    await tab.isReady();
    assert.equal(await tab.page.locator("html").getAttribute("data-release"), "next");
  }
}

async function makeHalf(phone) {
  await phone.front();
  await phone.choose(PHOTO);
  await phone.feel("Allebei");
  await phone.next();
  await phone.about("Wonen");
  await phone.next();
  await phone.tell("Halverwege.");
}

async function assertHalf(phone) {
  await phone.front();
  const story = phone.page.getByRole("textbox", { name: "Vertel erbij" });
  await story.waitFor();
  assert.equal(await story.inputValue(), "Halverwege.");
  await phone.save();
}

/** Returns the version of the page that stands in a tab; nothing while it is being loaded. */
async function versionOf({ page }) {
  return page.evaluate(() => document.querySelector("meta[name=version]")?.content).catch(() => null);
}

function caches({ page }) {
  return page.evaluate(() => window.caches.keys());
}

function schemaOf({ page }) {
  return page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === "wijkbeeld").version);
}
