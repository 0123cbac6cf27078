// Starting: without network on every screen, before the app itself has come, and from the home screen.
import { strict as assert } from "node:assert";
import { behindProxy } from "../fixtures/between.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { DEMO } from "../fixtures/server.mjs";

const [{ path: PHOTO, display: SIZE }] = smallPhotos();

journey("after one visit every screen starts cold without network", async (world) => {
  const folder = world.folder();
  const visit = await world.phoneIn(folder, "visit");
  await visit.join();
  await visit.isInstalled();
  await visit.go("Buurt");
  await visit.articles.nth(5).waitFor();
  await visit.articles.first().getByRole("link").click();
  await visit.page.waitForURL(/\/buurt\/.+/);
  await visit.page.getByRole("article").getByRole("img").first().waitFor();
  const entry = new URL(visit.page.url()).pathname;
  const story = await visit.page.getByRole("article").locator("p").first().innerText();
  await visit.open("/");
  await visit.choose(PHOTO);
  const draft = new URL(visit.page.url()).pathname;
  await world.close(visit);

  for (const [path, shows] of [
    ["/", (page) => page.getByLabel("Maak foto")],
    ["/mijn", (page) => page.getByRole("heading", { name: "Mijn foto's" })],
    ["/buurt", (page) => page.getByRole("article").nth(5)],
    [entry, (page) => page.getByText(story, { exact: true })],
    ["/gesprek", (page) => page.getByRole("heading", { name: "Gesprek" })],
    ["/meer", (page) => page.getByRole("heading", { name: "Meer", exact: true })],
    ["/mee", (page) => page.getByRole("textbox", { name: "Code" })],
    [`/mee/${DEMO.code}`, (page) => page.getByRole("button", { name: "Meedoen" })],
    [draft, (page) => page.getByRole("radio", { name: "Allebei" })],
  ]) {
    const phone = await world.phoneIn(folder, path);
    await phone.offline();
    await phone.open(path);
    await shows(phone.page).waitFor();
    await world.audit();
    await world.close(phone);
  }
});

journey("a photo chosen before the app itself has come is not lost", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  let release;
  const held = new Promise((resolve) => (release = resolve));
  between.answer = async ({ url }) => {
    if (url.endsWith(".wasm")) await held;
    return false;
  };
  await anna.page.goto(anna.origin + "/", { waitUntil: "commit" });
  await anna.page.getByLabel("Kies foto").setInputFiles(PHOTO);
  await anna.page.getByText("Je foto is er.").waitFor();
  release();
  await anna.isReady();
  await anna.page.getByRole("radiogroup").waitFor();
  await anna.seesPhoto(SIZE);
  await anna.save();
});

journey("while the app takes the static page's place there is one of each thing, all the time", async (world) => {
  const between = await behindProxy(world);
  const anna = await world.phone("Anna", { origin: between.origin });
  await anna.page.addInitScript(countLabels);
  for (const visit of ["cold", "warm"]) {
    await anna.page.goto(anna.origin + "/");
    await anna.isReady();
    await anna.page.getByLabel("Maak foto").waitFor();
    const counts = await anna.page.evaluate(() => window.counts);
    assert.deepEqual(counts, { "Maak foto": [1], "Kies foto": [1] }, visit);
  }
});

journey("the app can be put on the home screen by Chromium's own rules", async (world) => {
  const anna = await world.phoneIn(world.folder(), "Anna");
  await anna.open();
  await anna.isInstalled();
  const session = await anna.context.newCDPSession(anna.page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  const { icons, shortcuts } = JSON.parse(data);
  assert.ok(icons.some(({ purpose }) => purpose === "maskable"));
  assert.ok(shortcuts.some(({ name }) => name === "Maak foto"));
});

journey("a phone that was wiped is known again by what the browser still shows the server", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { story: "Van voor het wissen." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const { members } = await server.stats();
  const session = await anna.context.newCDPSession(anna.page);
  await anna.page.goto("about:blank");
  await session.send("Storage.clearDataForOrigin", { origin: anna.origin, storageTypes: "indexeddb,local_storage,cache_storage,service_workers" });
  await anna.open();
  await anna.page.getByText(DEMO.name).first().waitFor();
  await anna.go("Mijn foto's");
  await anna.entry("Van voor het wissen.").waitFor();
  await anna.hasSentAll(1);
  assert.equal((await server.stats()).members, members);
  assert.equal((await (await Member.join(server.origin)).views()).length, 7);
});

/**
 * Runs in the page: notes every number of elements that a label ever had, from the first time that there was one. It looks
 * in a task of its own after each change, as a tap or a reader of the screen would.
 */
function countLabels() {
  window.counts = { "Maak foto": [], "Kies foto": [] };
  const { port1, port2 } = new MessageChannel();
  const look = () => {
    for (const [label, seen] of Object.entries(window.counts)) {
      const named = [...document.querySelectorAll("input[type=file]")].filter(({ labels }) => labels[0]?.textContent.includes(label));
      if ((seen.length > 0 || named.length > 0) && !seen.includes(named.length)) seen.push(named.length);
    }
  };
  port2.onmessage = look;
  new MutationObserver(() => port1.postMessage("changed")).observe(document, { childList: true, subtree: true, characterData: true });
}
